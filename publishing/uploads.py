"""What may be uploaded: pictures are rebuilt, documents, films and captions are looked into.

What is wrong with a file is told as a ValidationError with a sentence for the editor.
"""

import hashlib
import io
import re
import warnings
import zipfile
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.text import slugify
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_UPLOAD_BYTES = 25 * 1024 * 1024
LONGEST_SIDE = 2560  # pixels: enough for a 1440 px page on a dense screen
ACCEPTED = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")

# How a document begins, and for the office's files, which are archives, the part that makes them what they are.
PDF, ARCHIVE = b"%PDF-", b"PK\x03\x04"
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
DOCUMENT_SUFFIXES = ("pdf", *MAIN_PARTS)
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|script|iframe|svg)[\s>]", re.IGNORECASE)
_ACTS = re.compile(rb"/(?:JavaScript|Launch)\b")


def content_hash(content):
    """Return the fingerprint of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def readable_name(name):
    """Return the name of a file as its owner knows it, without folders and what cannot be printed."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(char for char in last if char.isprintable())[-255:]


def plain_stem(name, otherwise):
    """Return the name of a file without its ending, of plain letters; `otherwise` where none are left."""
    return slugify(PurePath(name).stem)[:80] or otherwise


def _content_of(upload):
    """Return the bytes of `upload`. Raises ValidationError where there are none or too many."""
    if upload.size > MAX_UPLOAD_BYTES:
        raise ValidationError(
            _("The file has %(megabytes)d MB; at most %(limit)d MB can be taken. Save it smaller and try again."),
            params={"megabytes": upload.size // 2**20, "limit": MAX_UPLOAD_BYTES // 2**20},
        )
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if not content:
        raise ValidationError(_("The file is empty. Please export it again and upload the new file."))
    return content


class RebuiltPicture(ContentFile):
    """A picture written anew. `came_as` is the fingerprint of the file that came, `uploaded_as` its name."""

    def __init__(self, content, *, name, came_as, uploaded_as):
        super().__init__(content, name=name)
        self.came_as = came_as
        self.uploaded_as = uploaded_as
        self.content_hash = content_hash(content)


def rebuild_picture(upload):
    """Return `upload` (a Django File) as a RebuiltPicture, written anew from its pixels.

    A JPEG, or a PNG where the picture has transparency. Upright, without EXIF, GPS or comments,
    at most LONGEST_SIDE pixels long. Raises ValidationError with a sentence for the editor.
    """
    content = _content_of(upload)
    try:
        picture = Image.open(io.BytesIO(content), formats=ACCEPTED)
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
    rebuilt = io.BytesIO()
    if has_alpha:
        picture.save(rebuilt, "PNG", optimize=True)
    else:
        picture.save(rebuilt, "JPEG", quality=88, progressive=True, optimize=True)
    return RebuiltPicture(
        rebuilt.getvalue(),
        name=f"{plain_stem(upload.name, 'picture')}.{'png' if has_alpha else 'jpg'}",
        came_as=content_hash(content),
        uploaded_as=readable_name(upload.name),
    )


class CheckedDocument(ContentFile):
    """A document that was looked into; its name ends in what it is. `uploaded_as` is the name it came with."""

    def __init__(self, content, *, name, uploaded_as):
        super().__init__(content, name=name)
        self.uploaded_as = uploaded_as
        self.content_hash = content_hash(content)


def looks_like_document(upload):
    """Return whether `upload` says by its name or its first bytes that it is a document rather than a picture."""
    upload.seek(0)
    head = upload.read(5)
    upload.seek(0)
    return _suffix(upload.name) in DOCUMENT_SUFFIXES or head.startswith((PDF, ARCHIVE))


def check_document(upload):
    """Return `upload` (a Django File) as a CheckedDocument: a PDF, or a Word, Excel or PowerPoint file.

    What counts is what is inside. Refused are a name that says something else, files that were cut off, PDFs
    that hold a web page or act by themselves, and office files with macros. Raises ValidationError.
    """
    content = _content_of(upload)
    if content.startswith(PDF):
        kind = "pdf"
        _check_pdf(content)
    else:
        kind = _kind_of_archive(content)
    if _suffix(upload.name) != kind:
        raise ValidationError(
            _("Inside, this is a %(kind)s file, but its name ends differently. Rename it to end in .%(suffix)s."),
            params={"kind": kind.upper(), "suffix": kind},
        )
    name = f"{plain_stem(upload.name, 'document')}.{kind}"
    return CheckedDocument(content, name=name, uploaded_as=readable_name(upload.name))


def _suffix(name):
    return PurePath(name).suffix.lower().removeprefix(".")


def _check_pdf(content):
    if b"%%EOF" not in content[-2048:]:
        raise ValidationError(_("The PDF is damaged or cut off. Please export it again and upload the new file."))
    if _WEB_PAGE.search(content) or _ACTS.search(content):
        raise ValidationError(
            _("The PDF holds parts of a web page or a program. Print it to PDF once more and upload the new file.")
        )


def _kind_of_archive(content):
    """Return "docx", "xlsx" or "pptx". Nothing is unpacked: the table of contents tells."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        if content.startswith(ARCHIVE):
            raise ValidationError(
                _("The file is damaged or cut off. Please save it again and upload the new file.")
            ) from error
        parts = set()
    kinds = [kind for kind, part in MAIN_PARTS.items() if part in parts and "[Content_Types].xml" in parts]
    if len(kinds) != 1:
        raise ValidationError(
            _("This is not a document we can offer. Please use a PDF, or a Word, Excel or PowerPoint file.")
        )
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise ValidationError(_("The file has macros, which run on a reader’s computer. Save it without them."))
    return kinds[0]


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
