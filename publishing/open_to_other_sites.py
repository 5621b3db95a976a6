"""Data that scripts of any site may read (CORS)."""

from functools import wraps
from hashlib import md5

from django.http import HttpResponse


def open_to_other_sites(view):
    """Let scripts of any site read what `view` sends, with its ETag; answer the browser that asks first."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = "GET, HEAD"
            response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since, Cache-Control"
            response["Access-Control-Max-Age"] = "86400"
        else:
            response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Date, Age, Cache-Control"
        return response

    return answer


def etag_of(body):
    """Return the ETag of `body` (bytes)."""
    return f'"{md5(body, usedforsecurity=False).hexdigest()}"'
