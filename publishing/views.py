"""Uploaded files, sent so that a browser can never take them for anything but pictures, films and captions."""

import re

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

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
LARGEST_PART = 2 * 1024 * 1024  # bytes
_ONE_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{1,12})?")


@require_safe
def media(request, path):
    """Send one uploaded file. A stored name is never used again for other bytes, so it may be kept for a year.

    Answers a request for one range, which Safari insists on before it plays a film.
    """
    content_type = CONTENT_TYPES.get(path.rpartition(".")[2].lower())
    try:
        if content_type is None or not default_storage.exists(path):
            raise Http404
        size = default_storage.size(path)
        file = default_storage.open(path)
    except (SuspiciousFileOperation, OSError, ValueError) as error:
        raise Http404 from error
    if match := _ONE_RANGE.fullmatch(request.headers.get("Range", "")):
        # A part of what was asked for is an answer too (RFC 9110, 15.3.7), and a film is not held in memory whole.
        first = int(match[1])
        last = min(int(match[2] or size - 1), size - 1, first + LARGEST_PART - 1)
        if first > last:
            file.close()
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        file.seek(first)
        response = HttpResponse(file.read(last - first + 1), status=206, content_type=content_type)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        file.close()
    else:
        response = FileResponse(file, content_type=content_type)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
