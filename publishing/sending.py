"""How a stored file is sent: whole or in part, and never to be taken for anything but what it is."""

import re

from django.http import FileResponse, HttpResponse

LARGEST_PART = 2 * 1024 * 1024  # bytes
_ONE_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{1,12})?")


def send_file(request, file, size, content_type):
    """Return the response with `file`, an open file of `size` bytes, which it closes.

    Answers a request for one range, which Safari insists on before it plays a film. The caller sets for
    how long it may be kept.
    """
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
    return response
