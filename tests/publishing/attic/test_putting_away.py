"""The attic: files of what was deleted or replaced leave their address."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from publishing import attic as attic_module
from publishing.attic import attic, settle
from publishing.models import Image, Upload
from publishing.snapshots import rolled_back
from publishing.tasks import make_renditions
from tests.factories import create_document, create_image, create_superuser, create_video, pdf_bytes
from tests.publishing.attic.folders import FILM, opens, picture_of, put_away, replace, stored
from tests.responses import body_of

pytestmark = pytest.mark.django_db


def fail_after(deed):
    deed()
    raise ZeroDivisionError


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
