"""The attic: files of what was deleted or replaced leave their address, and come back with what is restored."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction

from publishing import attic as attic_module
from publishing import drafting, history
from publishing.attic import attic, is_named, settle
from publishing.models import AuditEntry, Document, Draft, Image, RevisionNote, Upload, Video
from publishing.snapshots import CannotApplyError, bring_back, rolled_back, take
from publishing.tasks import make_renditions
from tests.factories import (
    create_document,
    create_image,
    create_superuser,
    create_video,
    pdf_bytes,
    picture_bytes,
)
from tests.responses import body_of

pytestmark = pytest.mark.django_db

FILM = b"\x00\x00\x00\x18ftypmp42"


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ATTIC_ROOT = tmp_path / "attic"


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A context at whose end what is waiting for the commit is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def stored():
    """Return the names of all files in the media folder."""
    return names_below(default_storage.location)


def put_away():
    return names_below(attic().location)


def names_below(folder):
    return {path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file()}


def opens(client, name):
    response = client.get(f"/media/{name}")
    body_of(response)
    return response.status_code == 200


def replace(thing, content, name):
    thing.file = ContentFile(content, name=name)
    thing.full_clean()
    thing.save()


def picture_of(colour):
    return picture_bytes(file_format="JPEG", colour=colour)


def fail_after(deed):
    deed()
    raise ZeroDivisionError


# Putting away


def test_a_deleted_picture_leaves_its_address_with_all_its_renditions(client, committed):
    image = create_image()
    name = image.file.name
    content = Path(image.file.path).read_bytes()
    make_renditions.func(image.pk)
    assert len(stored()) > 1
    assert opens(client, name)

    with committed():
        image.delete()

    assert stored() == set()
    assert not opens(client, name)
    assert put_away() == {name}
    with attic().open(name) as file:
        assert file.read() == content


def test_what_is_put_away_is_read_by_the_site_s_own_account_alone(committed):
    image = create_image()
    with committed():
        image.delete()

    folder = Path(attic().location)
    assert [path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()] == [0o600]
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("address", ["/media/../attic/{}", "/attic/{}", "/media/attic/{}", "/media/%2e%2e/attic/{}"])
def test_no_address_leads_to_the_attic(client, committed, address):
    image = create_image()
    name = image.file.name
    with committed():
        image.delete()

    assert client.get(address.format(name)).status_code == 404


def test_a_replaced_picture_is_put_away_and_the_new_one_stays(client, committed):
    image = create_image()
    former = image.file.name
    make_renditions.func(image.pk)

    with committed():
        replace(Image.objects.get(), picture_of("red"), "red.jpg")

    image.refresh_from_db()
    assert stored() == {image.file.name}
    assert put_away() == {former}
    assert image.renditions_made_at is None


def test_a_replaced_and_a_deleted_document_are_put_away(client, committed):
    document = create_document(content=pdf_bytes("2025"))
    first = document.file.name

    with committed():
        replace(document, pdf_bytes("2026"), "guide.pdf")
    second = document.file.name

    assert (stored(), put_away()) == ({second}, {first})
    assert body_of(client.get(document.get_absolute_url())) == pdf_bytes("2026")
    with committed():
        document.delete()
    assert (stored(), put_away()) == (set(), {first, second})


def test_a_film_goes_with_its_captions(committed):
    video = create_video()
    film, captions = video.file.name, video.captions.name

    with committed():
        replace(video, FILM + b"new", "film.mp4")
    assert put_away() == {film}
    with committed():
        video.delete()

    assert stored() == set()
    assert put_away() == {film, captions, video.file.name}


def test_a_film_taken_off_its_page_is_put_away(committed):
    video = create_video()
    names = {video.file.name, video.captions.name}

    with committed():
        video.file = video.captions = ""
        video.save()

    assert put_away() == names


def test_a_film_never_gets_a_name_that_was_used_before(committed):
    first = create_video()
    with committed():
        first.delete()

    second = create_video()

    assert {second.file.name, second.captions.name} & put_away() == set()


def test_saving_anything_else_moves_nothing(committed):
    image, video = create_image(), create_video()
    before = stored()

    with committed():
        image.credit = "Ann"
        image.save()
        video.title = "Other"
        video.save(update_fields=["title"])

    assert (stored(), put_away()) == (before, set())


@pytest.mark.parametrize("undo", ["error", "rolled back", "savepoint"])
def test_what_is_undone_moves_nothing(committed, undo):
    image = create_image()
    name = image.file.name

    with committed():
        if undo == "error":
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                fail_after(image.delete)
        else:
            with transaction.atomic(), rolled_back():
                if undo == "savepoint":
                    replace(Image.objects.get(), picture_of("red"), "red.jpg")
                else:
                    Image.objects.all().delete()

    assert Image.objects.get().file.name == name
    assert default_storage.exists(name)
    assert put_away() == set()


def test_a_file_that_another_row_names_stays(client, committed):
    image = create_image()
    other = create_image()
    Image.objects.filter(pk=other.pk).update(file=image.file.name)

    with committed():
        image.delete()
    assert opens(client, image.file.name)
    with committed():
        Image.objects.get().delete()

    assert image.file.name in put_away()


def test_a_file_that_an_upload_waits_with_stays(committed):
    upload = Upload.take_in(ContentFile(pdf_bytes(), name="guide.pdf"), create_superuser())
    document = upload.as_library_entry()
    document.title = "Guide"
    document.save()

    with committed():
        document.delete()

    assert default_storage.exists(upload.file.name)
    assert put_away() == set()


def test_a_file_that_is_gone_already_is_told_in_the_log_alone(committed, caplog):
    image = create_image()
    default_storage.delete(image.file.name)

    with committed():
        image.delete()

    assert [record.getMessage() for record in caplog.records if record.name == "publishing.attic"] == [
        f"The stored file {image.file.name!r}, which is to be put away, is gone"
    ]


@pytest.mark.parametrize("name", ["../secret_key", "/etc/passwd", "images/../../secret_key"])
def test_a_name_that_leads_out_of_the_folder_moves_nothing(tmp_path, name):
    (tmp_path / "secret_key").write_text("secret")

    settle([name])

    assert (tmp_path / "secret_key").read_text() == "secret"
    assert Path("/etc/passwd").exists()


def test_a_move_that_fails_half_way_loses_nothing(client, committed, monkeypatch):
    image = create_image()
    name = image.file.name

    def fail(source, target):
        target.write(b"half")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(attic_module.shutil, "copyfileobj", fail)
        with committed():
            image.delete()

    assert (stored(), put_away()) == ({name}, set())
    settle([name])
    settle([name])
    assert (stored(), put_away()) == (set(), {name})


def test_renditions_that_are_made_while_the_picture_is_put_away_do_not_stay(committed, monkeypatch):
    image = create_image()
    make = Image._meta.get_field("file").attr_class.process

    def process(file, name):
        made = make(file, name)
        with committed():
            Image.objects.all().delete()
        return made

    monkeypatch.setattr(Image._meta.get_field("file").attr_class, "process", process)
    make_renditions.func(image.pk)

    assert stored() == set()


# Coming back


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


# Deleting for good


def empty(capsys, *options):
    call_command("empty_attic", *options)
    return capsys.readouterr().out.splitlines()


def age(name, *, days):
    then = time.time() - days * 86400
    os.utime(attic().path(name), (then, then))


@pytest.fixture
def two_put_away(committed):
    names = []
    for text in ("one", "two"):
        document = create_document(content=pdf_bytes(text))
        with committed():
            document.delete()
        names.append(document.file.name)
    return names


def test_what_was_put_away_long_ago_is_deleted_for_good(two_put_away, capsys):
    old, young = two_put_away
    age(old, days=366)
    age(young, days=364)

    size = f"{len(pdf_bytes('one'))}\xa0bytes"
    assert empty(capsys) == [f"Deleted: {old} ({size})", "Files deleted: 1"]
    assert put_away() == {young}
    assert empty(capsys) == ["Files deleted: 0"]
    assert len(empty(capsys, "--older-than-days", "0")) == 2
    assert put_away() == set()


def test_the_age_counts_from_when_it_was_put_away_not_from_when_it_was_uploaded(committed, capsys):
    document = create_document()
    then = time.time() - 1000 * 86400
    os.utime(document.file.path, (then, then))
    with committed():
        document.delete()

    assert empty(capsys) == ["Files deleted: 0"]


@pytest.mark.parametrize("written", ["{}", "/media/{}", "https://www.example.org/media/{}"])
def test_one_file_is_deleted_by_its_name_or_address_and_the_log_says_so(two_put_away, capsys, written):
    name, other = two_put_away

    assert empty(capsys, "--name", written.format(name))[-1] == "Files deleted: 1"

    assert put_away() == {other}
    entry = AuditEntry.objects.get(action=AuditEntry.Action.DELETED)
    assert entry.details == f"Deleted for good from the attic: {name}"


def test_a_file_that_could_not_be_put_away_is_deleted_by_its_name_too(two_put_away, capsys):
    name, other = two_put_away
    default_storage.save(name, ContentFile(pdf_bytes("one")))
    attic().delete(name)

    empty(capsys, "--name", name)

    assert (stored(), put_away()) == (set(), {other})


@pytest.mark.parametrize("name", ["images/2026/nothing.jpg", "../secret_key", "/etc/passwd", "images", "."])
def test_a_name_of_nothing_is_refused_with_a_sentence(two_put_away, name):
    with pytest.raises(CommandError):
        call_command("empty_attic", "--name", name)

    assert put_away() == set(two_put_away)


def test_what_is_in_use_is_not_deleted(capsys):
    name = create_document().file.name

    with pytest.raises(CommandError, match="is in use"):
        call_command("empty_attic", "--name", name)

    assert stored() == {name}


def test_the_list_deletes_nothing(two_put_away, capsys):
    lines = empty(capsys, "--list", "--older-than-days", "0")

    assert [line.split("  ")[1] for line in lines] == sorted(two_put_away)
    assert put_away() == set(two_put_away)


def test_an_attic_that_was_never_used_is_empty(capsys):
    assert empty(capsys) == ["Files deleted: 0"]


def test_less_than_no_days_are_refused():
    with pytest.raises(CommandError, match="cannot be less than 0"):
        call_command("empty_attic", "--older-than-days", "-1")


# On the screens, with real commits


@pytest.mark.django_db(transaction=True)
def test_an_editor_s_deletion_hides_the_picture_at_once_and_a_recovery_shows_it_again(client):
    client.force_login(create_superuser())
    image = create_image()
    name, key = image.file.name, image.pk
    change = {"title": "Lobby", "alternative_text": "A.", "file_ppoi_x": "50", "file_ppoi_y": "50"}
    client.post(f"/admin/publishing/image/{key}/change/", change)
    assert opens(client, name)

    client.post(f"/admin/publishing/image/{key}/delete/", {"post": "yes"})
    assert Image.objects.count() == 0
    assert not opens(client, name)

    version = history.deleted(Image).get()
    client.post("/admin/publishing/image/recover/", {"version": version.pk})
    assert Image.objects.get().file.name == name
    assert opens(client, name)


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_refused_and_a_film_s_new_draft_move_nothing(client):
    client.force_login(create_superuser())
    image, video = create_image(), create_video()
    before = stored()
    new_film = ContentFile(FILM + b"new", name="new.mp4")

    refused = client.post(
        f"/admin/publishing/image/{image.pk}/change/",
        {"title": "", "file": ContentFile(picture_of("red"), name="a.jpg"), "file_ppoi_x": "50", "file_ppoi_y": "50"},
    )
    saved = client.post(
        f"/admin/publishing/video/{video.pk}/change/", {"title": "Other", "text": "Other text.", "file": new_film}
    )

    assert (refused.status_code, saved.status_code) == (200, 302)
    assert Draft.objects.count() == 1
    assert before < stored()
    assert put_away() == set()
