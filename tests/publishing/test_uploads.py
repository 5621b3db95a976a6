import io
import struct
import warnings
import zlib
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture

from publishing.uploads import LONGEST_SIDE, MAX_UPLOAD_BYTES, rebuild_picture, validate_captions, validate_film
from tests.factories import picture_bytes

NOT_A_PICTURE = "This is not a picture we can read. Please use a JPEG, PNG, WebP or AVIF file."
EMPTY = "The file is empty. Please export it again and upload the new file."
DAMAGED = "The picture is damaged or cut off. Please export it again and upload the new file."
TOO_MANY_PIXELS = "The picture has too many pixels (more than 50 million). Save it smaller and try again."

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def rebuilt(content, *, name="upload.jpg"):
    """Return (Pillow image, file name) of what becomes of an upload."""
    file = rebuild_picture(ContentFile(content, name=name))
    return Picture.open(io.BytesIO(file.read())), file.name


def refusal(content, *, name="upload.jpg"):
    with pytest.raises(ValidationError) as refused:
        rebuild_picture(ContentFile(content, name=name))
    return refused.value.messages


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def empty_png(*, width, height):
    """Return a PNG of one bit a pixel that is a few kB of file and `width` x `height` pixels of memory."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\x00" * (1 + (width + 7) // 8)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    chunks = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def photograph(*, orientation=1, size=(60, 40)):
    """Return a JPEG, red on its left and blue on its right, that knows camera and place."""
    picture = Picture.new("RGB", size, (255, 0, 0))
    picture.paste((0, 0, 255), (size[0] // 2, 0, size[0], size[1]))
    exif = picture.getexif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "A camera"
    exif.get_ifd(GPS)[1] = "N"
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif, comment=b"taken at home", quality=95)
    return file.getvalue()


AVIF = picture_bytes(file_format="AVIF")


def test_a_photograph_forgets_where_and_by_what_it_was_taken():
    original = photograph()
    assert dict(Picture.open(io.BytesIO(original)).getexif())[MAKE] == "A camera"

    picture, name = rebuilt(original)

    assert dict(picture.getexif()) == {}
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert (picture.format, picture.mode, picture.size, name) == ("JPEG", "RGB", (60, 40), "upload.jpg")


def test_a_photograph_of_a_turned_camera_stands_upright():
    picture, _ = rebuilt(photograph(orientation=6))  # to be turned by 90 degrees clockwise

    assert picture.size == (40, 60)
    top, bottom = picture.getpixel((20, 5)), picture.getpixel((20, 55))
    assert top[0] > 200
    assert top[2] < 60
    assert bottom[2] > 200
    assert bottom[0] < 60


@pytest.mark.parametrize(
    ("content", "file_format", "mode"),
    [
        pytest.param(picture_bytes(file_format="JPEG", mode="CMYK"), "JPEG", "RGB", id="cmyk-from-a-printer"),
        pytest.param(picture_bytes(file_format="JPEG", mode="L"), "JPEG", "RGB", id="grey"),
        pytest.param(picture_bytes(mode="RGBA", colour=(9, 9, 9, 100)), "PNG", "RGBA", id="alpha"),
        pytest.param(picture_bytes(mode="LA", colour=(9, 100)), "PNG", "RGBA", id="grey-with-alpha"),
        pytest.param(picture_bytes(mode="P"), "JPEG", "RGB", id="palette"),
        pytest.param(picture_bytes(mode="P", transparency=0), "PNG", "RGBA", id="palette-with-a-clear-colour"),
        pytest.param(picture_bytes(mode="P", transparency=b"\x00\x80"), "PNG", "RGBA", id="palette-with-alpha"),
        pytest.param(picture_bytes(mode="1"), "JPEG", "RGB", id="one-bit"),
        pytest.param(picture_bytes(mode="I;16", colour=30000), "JPEG", "RGB", id="sixteen-bit"),
        pytest.param(picture_bytes(file_format="GIF", mode="P"), "JPEG", "RGB", id="gif"),
        pytest.param(picture_bytes(file_format="WEBP"), "JPEG", "RGB", id="webp"),
        pytest.param(picture_bytes(file_format="AVIF"), "JPEG", "RGB", id="avif"),
    ],
)
def test_every_kind_of_picture_becomes_a_jpeg_or_a_png(content, file_format, mode):
    picture, name = rebuilt(content, name="Our Picture.bin")

    assert (picture.format, picture.mode, picture.size) == (file_format, mode, (60, 40))
    assert name == ("our-picture.png" if file_format == "PNG" else "our-picture.jpg")


def test_sixteen_bits_of_grey_keep_their_brightness():
    picture, _ = rebuilt(picture_bytes(mode="I;16", colour=32768))

    assert abs(picture.getpixel((30, 20))[0] - 128) <= 2


def test_a_picture_larger_than_pages_need_is_made_smaller():
    picture, _ = rebuilt(picture_bytes(size=(LONGEST_SIDE * 2, 1000)))

    assert picture.size == (LONGEST_SIDE, 500)


def test_a_small_picture_is_not_made_larger():
    picture, _ = rebuilt(picture_bytes(size=(1, 1)))

    assert picture.size == (1, 1)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', NOT_A_PICTURE, id="svg"),
        pytest.param(b"<html><script>alert(1)</script></html>", NOT_A_PICTURE, id="html"),
        pytest.param(b"GIF89a/*<svg onload=alert(1)>*/", NOT_A_PICTURE, id="script-named-gif"),
        pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", NOT_A_PICTURE, id="postscript"),
        pytest.param(picture_bytes(file_format="TIFF"), NOT_A_PICTURE, id="tiff"),
        pytest.param(picture_bytes(file_format="BMP"), NOT_A_PICTURE, id="bmp"),
        pytest.param(b"", EMPTY, id="nothing"),
        pytest.param(b"\x00" * 5000, NOT_A_PICTURE, id="zeros"),
        pytest.param(AVIF.replace(b"av01", b"av99"), DAMAGED, id="avif-without-its-picture"),
        pytest.param(photograph(size=(600, 400))[:2000], DAMAGED, id="jpeg-cut-off"),
        pytest.param(picture_bytes(size=(600, 400))[:-40], DAMAGED, id="png-cut-off"),
    ],
)
def test_what_is_no_whole_picture_is_refused_in_words(content, message):
    assert refusal(content) == [message]


def test_a_picture_of_few_bytes_and_144_million_pixels_is_refused():
    content = empty_png(width=12_000, height=12_000)
    assert len(content) < 30_000

    assert refusal(content) == [TOO_MANY_PIXELS]


def test_pixels_are_counted_even_while_warnings_are_turned_off():
    content = empty_png(width=8_000, height=7_000)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert refusal(content) == [TOO_MANY_PIXELS]


def test_a_file_of_more_than_25_megabytes_is_refused_before_it_is_read():
    upload = ContentFile(b"", name="large.jpg")
    upload.size = MAX_UPLOAD_BYTES + 1

    with pytest.raises(ValidationError) as refused:
        rebuild_picture(upload)

    assert refused.value.messages == ["The file has 25 MB; at most 25 MB can be taken. Save it smaller and try again."]


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../etc/passwd.png", "passwd.jpg"),
        ("C:\\photos\\Nurse Ann.JPG", "cphotosnurse-ann.jpg"),
        ("Café & Küche.jpeg", "cafe-kuche.jpg"),
        ("a" * 300 + ".png", "a" * 80 + ".jpg"),
        ("图片.png", "picture.jpg"),
        ("<script>.png", "script.jpg"),
        (".png", "png.jpg"),
        ("picture.php.jpg", "picturephp.jpg"),
        ("nul\x00byte.png", "nulbyte.jpg"),
    ],
)
def test_a_stored_name_is_plain_whatever_it_was(name, stored):
    upload = ContentFile(picture_bytes())
    upload.name = name

    assert rebuild_picture(upload).name == stored


@given(
    position=st.integers(0, 10_000), value=st.integers(0, 255), length=st.integers(0, 10_000), kind=st.integers(0, 4)
)
def test_damaged_pictures_are_taken_or_refused_but_never_an_error(position, value, length, kind):
    content = bytearray(SAMPLES[kind])
    content[position % len(content)] = value
    content = bytes(content[: len(content) - length % len(content)])

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # Pillow's on damaged EXIF
        with suppress(ValidationError):
            rebuild_picture(ContentFile(content, name="a.jpg"))


SAMPLES = [
    photograph(),
    picture_bytes(mode="P", transparency=b"\x00\x80"),
    picture_bytes(file_format="WEBP"),
    picture_bytes(file_format="AVIF"),
    picture_bytes(file_format="GIF", mode="P"),
]


def film(content, *, name):
    upload = ContentFile(content)
    upload.name = name
    return upload


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x00\x00\x00\x18ftypmp42", "film.mp4"),
        (b"\x00\x00\x00\x18ftypisom", "FILM.MP4"),
        (b"\x1aE\xdf\xa3", "a.webm"),
    ],
)
def test_mp4_and_webm_are_films(content, name):
    upload = film(content, name=name)

    validate_film(upload)

    assert upload.tell() == 0


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html>", "film.mp4"),
        (b"", "film.mp4"),
        (b"\x00\x00\x00\x18ftypmp42", "film.html"),
        (b"\x00\x00\x00\x18ftypmp42", "film.webm"),
        (b"\x1aE\xdf\xa3", "film.mp4"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
    ],
)
def test_what_is_no_film_is_refused(content, name):
    with pytest.raises(ValidationError) as refused:
        validate_film(film(content, name=name))

    assert refused.value.messages == ["This is not a film we can show. Please use an MP4 or WebM file."]


@pytest.mark.parametrize("content", [b"WEBVTT\n", b"\xef\xbb\xbfWEBVTT\n", "WEBVTT\n\nCafé".encode()])
def test_captions_begin_with_webvtt(content):
    upload = film(content, name="a.vtt")

    validate_captions(upload)

    assert upload.tell() == 0


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (
            b"1\n00:00:00,000",
            "a.vtt",
            "These are not WebVTT captions: the file must end in .vtt and begin with WEBVTT.",
        ),
        (b"", "a.vtt", "These are not WebVTT captions: the file must end in .vtt and begin with WEBVTT."),
        (b"WEBVTT", "a.srt", "These are not WebVTT captions: the file must end in .vtt and begin with WEBVTT."),
        (
            "WEBVTT\n\nCafé".encode("latin-1"),
            "a.vtt",
            "The captions are not saved as UTF-8 text. Please save them as WebVTT (.vtt).",
        ),
    ],
)
def test_other_captions_are_refused(content, name, message):
    with pytest.raises(ValidationError) as refused:
        validate_captions(film(content, name=name))

    assert refused.value.messages == [message]
