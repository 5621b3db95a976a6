"""Uploaded files, sent so that a browser can never take them for anything but pictures, films, captions, documents."""

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from .embargo import is_withheld
from .models import Document
from .reader import reader_of
from .sending import send_file

CONTENT_TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "vtt": "text/vtt; charset=utf-8",
}
NOTHING_ELSE = "default-src 'none'; sandbox"


@require_safe
def media(request, path):
    """Send one uploaded file. A stored name is never used again for other bytes, so it may be kept for a year.

    Documents are not among them: they have an address of their own that outlives their file.
    """
    content_type = CONTENT_TYPES.get(path.rpartition(".")[2].lower())
    try:
        if content_type is None or not default_storage.exists(path):
            raise Http404
        size = default_storage.size(path)
        file = default_storage.open(path)
    except (SuspiciousFileOperation, OSError, ValueError) as error:
        raise Http404 from error
    response = send_file(request, file, size, content_type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = NOTHING_ELSE
    return response


@require_safe
def document(request, pk, slug):
    """Send the current file of a document: in the browser where it is a PDF, else as a download.

    Asked again each time (a fingerprint tells that nothing changed), so that a replaced file is seen at once.
    Without the right name there is nothing at a number: who counts them up learns of no document that way. What is
    under embargo is there for staff alone.
    """
    found = get_object_or_404(Document, pk=pk)
    if slug != found.slug:
        raise Http404
    withheld = is_withheld(found)
    if withheld and not reader_of(request).is_staff:
        raise Http404
    etag = f'"{found.content_hash}"'
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        try:
            file = found.file.open()
        except OSError as error:
            raise Http404 from error
        response = send_file(request, file, found.size, found.content_type)
        response["Content-Disposition"] = content_disposition_header(not found.shown_in_browser, found.download_name)
        response["Content-Language"] = found.language
        # A sandbox would keep the browser's own reader of PDFs from opening it.
        response["Content-Security-Policy"] = "default-src 'none'" if found.shown_in_browser else NOTHING_ELSE
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-store" if withheld else "public, no-cache"
    return response
