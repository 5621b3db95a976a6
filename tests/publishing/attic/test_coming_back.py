"""The attic: what is restored has its files again."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from publishing import attic as attic_module
from publishing import drafting, history
from publishing.attic import attic, is_named
from publishing.models import Document, Draft, Image, RevisionNote, Video
from publishing.snapshots import CannotApplyError, bring_back, rolled_back, take
from publishing.tasks import make_renditions
from tests.factories import create_document, create_image, create_superuser, create_video, pdf_bytes
from tests.publishing.attic.folders import FILM, opens, put_away, replace, stored
from tests.responses import body_of

pytestmark = pytest.mark.django_db


def test_a_deleted_picture_that_is_recovered_opens_again(client, committed):
    user, image = create_superuser(), create_image()
    revision = history.record(image, user=user, deed=RevisionNote.Deed.SAVED)
    key, name = image.pk, image.file.name
    make_renditions.func(image.pk)
    with committed():
        image.delete()

    with committed() as after:
        drafting.recover(Image, key, revision, user=user)

    assert opens(client, name)
    assert put_away() == set()
    assert Path(default_storage.path(name)).stat().st_mode & 0o777 == 0o644
    assert Image.objects.get().renditions_made_at is None
    assert len(after) >= 2  # the file, then its renditions
    make_renditions.func(key)
    assert Image.objects.get().renditions_made_at is not None


def test_a_row_that_comes_back_by_another_way_forgets_the_renditions_that_are_gone(committed):
    image = create_image()
    make_renditions.func(image.pk)
    image.refresh_from_db()
    with committed():
        Image.objects.all().delete()

    with committed():
        image.save_base(raw=True)

    assert Image.objects.get().renditions_made_at is None
    assert stored() == {image.file.name}


def test_a_document_comes_back_and_goes_again(client, committed):
    user, document = create_superuser(), create_document()
    revision = history.record(document, user=user, deed=RevisionNote.Deed.SAVED)
    key, address = document.pk, document.get_absolute_url()

    for _ in range(2):
        with committed():
            Document.objects.get().delete()
        assert stored() == set()
        with committed():
            drafting.recover(Document, key, revision, user=user)
        assert body_of(client.get(address)) == pdf_bytes()


def save_draft(video, user, **values):
    """Save a draft of `video`, which is live, in which its fields have `values`."""
    base = history.begin(video)
    with rolled_back():
        thing = Video.objects.get(pk=video.pk)
        for name, value in values.items():
            setattr(thing, name, value)
        thing.save()
        content = take(Video.objects.get(pk=video.pk))
    return drafting.save(video, content, base=base, user=user)


def test_a_film_that_a_draft_names_stays_where_it_is_until_it_is_published(client, committed):
    user, video = create_superuser(), create_video()
    live = video.file.name

    with committed():
        save_draft(video, user, file=ContentFile(FILM + b"new", name="new.mp4"))
    (new,) = {name for name in stored() if "new" in name}

    assert opens(client, new)
    assert opens(client, live)
    assert put_away() == set()
    with committed():
        drafting.publish(video, user=user)
    assert opens(client, new)
    assert put_away() == {live}


def test_a_film_of_a_draft_that_is_thrown_away_is_put_away(committed):
    user, video = create_superuser(), create_video()
    with committed():
        save_draft(video, user, file=ContentFile(FILM + b"new", name="new.mp4"))

    with committed():
        drafting.discard(video, user=user)

    assert {name.partition("-")[0].rpartition("/")[2] for name in put_away()} == {"new"}
    assert default_storage.exists(video.file.name)


def test_an_older_film_comes_back_with_the_draft_that_restores_it(client, committed):
    user, video = create_superuser(), create_video()
    former, first = history.begin(video), video.file.name
    with committed():
        save_draft(video, user, file=ContentFile(FILM + b"new", name="new.mp4"))
        video = drafting.publish(video, user=user)
    assert put_away() == {first}

    with committed():
        drafting.restore(video, former, user=user)

    assert opens(client, first)  # the preview shows it
    assert opens(client, video.file.name)
    with committed():
        drafting.publish(video, user=user)
    assert Video.objects.get().file.name == first
    assert put_away() == {video.file.name}


def test_looking_at_an_older_version_brings_nothing_back(committed):
    user, video = create_superuser(), create_video()
    former, first = history.begin(video), video.file.name
    with committed():
        replace(video, FILM + b"new", "new.mp4")
        history.record(video, user=user, deed=RevisionNote.Deed.SAVED)

    with committed(), drafting.as_drafted(video, former):
        assert Video.objects.get().file.name == first

    assert put_away() == {first}


def test_a_deleted_film_goes_with_its_draft(committed):
    user, video = create_superuser(), create_video()
    with committed():
        save_draft(video, user, file=ContentFile(FILM + b"new", name="new.mp4"))

    with committed():
        drafting.delete(video, user=user)

    assert Draft.objects.count() == 0
    assert stored() == set()
    assert len(put_away()) == 3  # both films and the captions


def test_what_was_deleted_for_good_is_not_recovered_without_its_file(committed):
    user, image = create_superuser(), create_image()
    revision = history.record(image, user=user, deed=RevisionNote.Deed.SAVED)
    key, name = image.pk, image.file.name
    with committed():
        image.delete()
    attic().delete(name)

    with committed(), pytest.raises(CannotApplyError) as refused:
        drafting.recover(Image, key, revision, user=user)

    assert str(refused.value) == f"Its file was deleted for good: {image.title}."
    assert Image.objects.count() == 0
    assert bring_back(Image, key) is False


def test_a_film_whose_file_was_deleted_for_good_comes_back_with_its_words(committed, caplog):
    user, video = create_superuser(), create_video()
    revision = history.record(video, user=user, deed=RevisionNote.Deed.SAVED)
    key, name = video.pk, video.file.name
    with committed():
        video.delete()
    attic().delete(name)

    with committed():
        drafting.recover(Video, key, revision, user=user)

    assert Video.objects.get().text == "A film about the hospital."
    assert f"The stored file {name!r} is named but gone" in caplog.messages


def test_a_file_put_away_while_another_saves_a_row_with_it_comes_back(monkeypatch, committed):
    image = create_image()
    key, name = image.pk, image.file.name
    move, moved = attic_module._move, []

    def move_slowly(*args):
        move(*args)
        if not moved:
            image.pk = key
            image.save_base(raw=True)
        moved.append(args)

    monkeypatch.setattr(attic_module, "_move", move_slowly)
    with committed():
        image.delete()

    assert is_named(name)
    assert (stored(), put_away()) == ({name}, set())
