"""The mail of a weekly newsletter itself, as the frames of its screen show it."""

from django.http import HttpResponseNotAllowed
from django.utils import timezone

from ..digests import preview
from .mail_screens import look_of, mail_response

ROUTE = "mail/shown/"


def screen(admin, request, digest):
    """Send the HTML of the mail as it would be written now."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    look = look_of(request)
    _issue, _composition, rendering = preview(digest, look["at"] or timezone.now())
    return mail_response(request, rendering, look)
