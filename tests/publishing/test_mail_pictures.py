"""Pictures for mails: formats that mail programs know, in sizes that a mail needs."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Picture

from publishing.mail_pictures import mail_picture
from publishing.models import Image
from publishing.tasks import clear_renditions
from tests.factories import create_image, picture_bytes

pytestmark = pytest.mark.django_db


def stored(shown):
    """Return (format, width, height) of the file at the address of `shown`, a MailPicture."""
    name = shown.address.partition("/media/")[2]
    with default_storage.open(name) as file, Picture.open(io.BytesIO(file.read())) as picture:
        return picture.format, *picture.size


@pytest.mark.parametrize(
    ("shape", "size", "file"),
    [
        ("whole", (552, 276), ("JPEG", 1104, 552)),
        ("card", (552, 368), ("JPEG", 1104, 736)),
        ("small", (120, 80), ("JPEG", 240, 160)),
    ],
)
def test_a_picture_has_twice_the_pixels_of_its_place(settings, shape, size, file):
    settings.SITE_URL = "https://hospital.example"
    image = create_image(width=2000, height=1000)

    shown = mail_picture(image, shape)

    assert shown.address.startswith("https://hospital.example/media/")
    assert ((shown.width, shown.height), shown.alternative_text) == (size, "A nurse smiles.")
    assert stored(shown) == file
    assert mail_picture(image, shape) == shown


def test_a_small_picture_is_not_made_larger():
    image = create_image(width=300, height=100)

    shown = mail_picture(image, "whole")

    assert (shown.width, shown.height) == (300, 100)
    assert stored(shown) == ("JPEG", 300, 100)


def test_a_picture_with_transparency_stays_a_png():
    image = Image(title="Mark", decorative=True)
    image.file = ContentFile(picture_bytes(mode="RGBA", size=(900, 600)), name="mark.png")
    image.full_clean()
    image.save()

    shown = mail_picture(image, "small")

    assert (stored(shown), shown.alternative_text) == (("PNG", 240, 160), "")


def test_a_file_that_is_gone_is_still_named():
    image = create_image()
    default_storage.delete(image.file.name)

    assert mail_picture(image, "card").address.endswith(image.file.url)


def test_it_goes_with_its_picture():
    image = create_image()
    shown = mail_picture(image, "card")

    clear_renditions(image.file.name)

    assert not default_storage.exists(shown.address.partition("/media/")[2])
