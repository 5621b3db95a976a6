"""What somebody uploads is never stored as it came: pictures are rebuilt, films and captions are looked into."""

import io
import warnings
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.text import slugify
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_UPLOAD_BYTES = 25 * 1024 * 1024
LONGEST_SIDE = 2560  # pixels: enough for a 1440 px page on a dense screen
ACCEPTED = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")


def rebuild_picture(upload):
    """Return `upload` (a Django File) as a ContentFile written anew from its pixels.

    A JPEG, or a PNG where the picture has transparency. Upright, without EXIF, GPS or comments,
    at most LONGEST_SIDE pixels long. Raises ValidationError with a sentence for the editor.
    """
    if upload.size > MAX_UPLOAD_BYTES:
        raise ValidationError(
            _("The file has %(megabytes)d MB; at most %(limit)d MB can be taken. Save it smaller and try again."),
            params={"megabytes": upload.size // 2**20, "limit": MAX_UPLOAD_BYTES // 2**20},
        )
    upload.seek(0)
    try:
        picture = Image.open(io.BytesIO(upload.read()), formats=ACCEPTED)
        # Counted here too: Pillow only warns, and other threads may have turned warnings off just now.
        if picture.width * picture.height > Image.MAX_IMAGE_PIXELS:
            raise Image.DecompressionBombError
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture = ImageOps.exif_transpose(picture)
        picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(
            _("The picture has too many pixels (more than 50 million). Save it smaller and try again.")
        ) from error
    except UnidentifiedImageError as error:
        raise ValidationError(
            _("This is not a picture we can read. Please use a JPEG, PNG, WebP or AVIF file.")
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError) as error:  # whatever the format’s reader raises
        raise ValidationError(
            _("The picture is damaged or cut off. Please export it again and upload the new file.")
        ) from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow on odd palettes; the pixels are what counts
        has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
        if picture.mode.startswith("I"):  # 16 bits of grey, of which Pillow would keep the darkest 256 only
            picture = picture.point(lambda value: value / 256).convert("L")
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    picture.info = {}
    stem = slugify(PurePath(upload.name).stem)[:80] or "picture"
    rebuilt = io.BytesIO()
    if has_alpha:
        picture.save(rebuilt, "PNG", optimize=True)
        return ContentFile(rebuilt.getvalue(), name=f"{stem}.png")
    picture.save(rebuilt, "JPEG", quality=88, progressive=True, optimize=True)
    return ContentFile(rebuilt.getvalue(), name=f"{stem}.jpg")


def _opening(upload, size=-1):
    """Return the first `size` bytes of a new upload, or None for a file that is stored and was looked at before."""
    if getattr(upload, "_committed", False):
        return None
    upload.seek(0)
    content = upload.read(size)
    upload.seek(0)
    return content


def validate_film(upload):
    """Raise ValidationError unless `upload` begins as an MP4 or WebM file does and its name says so."""
    head = _opening(upload, 12)
    if head is None:
        return
    suffix = PurePath(upload.name).suffix.lower()
    if not ((suffix == ".mp4" and head[4:8] == b"ftyp") or (suffix == ".webm" and head[:4] == b"\x1aE\xdf\xa3")):
        raise ValidationError(_("This is not a film we can show. Please use an MP4 or WebM file."))


def validate_captions(upload):
    """Raise ValidationError unless `upload` is a WebVTT file: text in UTF-8 that begins with WEBVTT."""
    raw = _opening(upload)
    if raw is None:
        return
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("The captions are not saved as UTF-8 text. Please save them as WebVTT (.vtt).")
        ) from error
    if not text.startswith("WEBVTT") or PurePath(upload.name).suffix.lower() != ".vtt":
        raise ValidationError(_("These are not WebVTT captions: the file must end in .vtt and begin with WEBVTT."))
