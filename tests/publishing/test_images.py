"""The library of pictures: the words for those who cannot see them, and the sizes that pages offer."""

import io
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.template import Context, Template
from PIL import Image as Picture

from publishing.models import Image
from publishing.renditions import FORMATS, WIDTHS, renditions_of
from publishing.tasks import make_renditions, request_renditions
from tests.factories import create_image, picture_bytes

pytestmark = pytest.mark.django_db

ALT_OR_DECORATIVE = "Write the alternative text, or tick “only decoration”: one of the two."


@pytest.mark.parametrize(("alternative_text", "decorative"), [("", False), ("A nurse smiles.", True)])
def test_a_picture_is_described_or_decoration_but_not_both(alternative_text, decorative):
    image = Image(
        title="a",
        file=ContentFile(picture_bytes(), name="a.png"),
        alternative_text=alternative_text,
        decorative=decorative,
    )

    with pytest.raises(ValidationError) as refused:
        image.full_clean()

    assert refused.value.messages == [ALT_OR_DECORATIVE]
    with pytest.raises(IntegrityError), transaction.atomic():
        image.save()


def test_an_upload_is_rebuilt_and_stored_below_its_year():
    image = create_image(width=60, height=40)

    folder, year, name = image.file.name.split("/")
    assert folder == "images"
    assert year.isdigit()
    assert name.endswith(".jpeg")
    assert (image.file_width, image.file_height, image.renditions_made_at) == (60, 40, None)


def test_an_upload_that_is_no_picture_is_told_beside_the_field():
    image = Image(title="a", alternative_text="A.", file=ContentFile(b"<svg/>", name="a.jpg"))

    with pytest.raises(ValidationError) as refused:
        image.full_clean()

    assert "file" in refused.value.message_dict


def test_a_stored_picture_is_not_rebuilt_again():
    image = create_image()
    name = image.file.name

    image.full_clean()
    image.save()

    assert Image.objects.get().file.name == name


@pytest.mark.parametrize("shape", WIDTHS)
@pytest.mark.parametrize("file_format", ["AVIF", "WEBP"])
@pytest.mark.parametrize("source_width", [0, 1, 399, 400, 480, 481, 800, 1200, 1600, 2399, 2400, 2560])
def test_no_rendition_is_wider_than_its_source_but_the_smallest_is_always_there(shape, file_format, source_width):
    renditions = renditions_of(source_width, shape, file_format)

    smallest = WIDTHS[shape][0]
    assert [r.width for r in renditions] == [w for w in WIDTHS[shape] if w <= max(source_width, smallest)]
    assert {r.mime_type for r in renditions} == {f"image/{file_format.lower()}"}
    assert {r.name for r in renditions} <= set(FORMATS)


def test_the_task_makes_every_size_and_format_that_the_page_then_offers():
    image = create_image(width=900, height=600)

    make_renditions.func(image.pk)

    image.refresh_from_db()
    assert image.renditions_made_at is not None
    made = {}
    for shape in WIDTHS:
        for file_format in ("AVIF", "WEBP"):
            for rendition in renditions_of(image.file_width, shape, file_format):
                address = getattr(image.file, rendition.name)
                with default_storage.open(address.removeprefix("/media/")) as file:
                    picture = Picture.open(io.BytesIO(file.read()))
                made[rendition.name] = (picture.format, picture.size)
    assert made == {
        "whole_480_avif": ("AVIF", (480, 320)),
        "whole_480_webp": ("WEBP", (480, 320)),
        "card_400_avif": ("AVIF", (400, 266)),
        "card_400_webp": ("WEBP", (400, 266)),
        "card_800_avif": ("AVIF", (800, 533)),
        "card_800_webp": ("WEBP", (800, 533)),
    }


def test_the_task_may_run_twice_and_after_the_picture_is_gone():
    image = create_image(width=60, height=40)

    make_renditions.func(image.pk)
    make_renditions.func(image.pk)
    Image.objects.all().delete()
    make_renditions.func(image.pk)

    assert Image.objects.count() == 0


def test_transparency_survives_in_the_renditions():
    upload = ContentFile(picture_bytes(mode="RGBA", size=(480, 320), colour=(255, 0, 0, 0)), name="a.png")
    image = Image(title="a", file=upload, alternative_text="A.")
    image.full_clean()
    image.save()

    make_renditions.func(image.pk)

    image.refresh_from_db()
    with default_storage.open(image.file.whole_480_webp.removeprefix("/media/")) as file:
        picture = Picture.open(io.BytesIO(file.read())).convert("RGBA")
    assert picture.getpixel((200, 100))[3] == 0


def test_renditions_are_asked_for_once_the_picture_is_committed(settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    image = create_image(width=60, height=40)

    with django_capture_on_commit_callbacks(execute=True):
        request_renditions(image)
        assert Image.objects.get().renditions_made_at is None

    assert Image.objects.get().renditions_made_at is not None


def show(image, **arguments):
    written = " ".join(f"{name}={value!r}" for name, value in arguments.items())
    return Template(f"{{% load publishing %}}{{% picture image {written} %}}").render(Context({"image": image}))


def picture_context(image, **arguments):
    from publishing.templatetags.publishing import picture

    return picture(image, **arguments)


def test_a_picture_without_renditions_yet_shows_the_stored_file():
    image = create_image(width=600, height=400)

    context = picture_context(image)

    assert context["sources"] == []
    assert context["address"] == image.file.url
    assert (context["width"], context["height"]) == (600, 400)


def test_a_picture_with_renditions_offers_avif_then_webp():
    image = create_image(width=900, height=600)
    make_renditions.func(image.pk)
    image.refresh_from_db()

    context = picture_context(image, shape="card", sizes="50vw", eager=True)

    assert [source["type"] for source in context["sources"]] == ["image/avif", "image/webp"]
    for source, extension in zip(context["sources"], ("avif", "webp"), strict=True):
        offered = [candidate.split(" ") for candidate in source["srcset"].split(", ")]
        assert [width for _, width in offered] == ["400w", "800w"]
        for address, _ in offered:
            assert urlsplit(address).path == address
            assert address.endswith(f".{extension}")
            assert default_storage.exists(address.removeprefix("/media/"))
    assert (context["width"], context["height"], context["eager"]) == (1200, 800, True)
