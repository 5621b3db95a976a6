"""The mail itself, as the frames of the mail screen show it."""

from django.http import HttpResponseNotAllowed

from ..trial_mails import drafted_rendering
from .mail_screens import look_of, mail_response

ROUTE = "mail/shown/"


def screen(admin, request, issue):
    """Send the HTML of the mail as it is drafted, an empty page where nothing stands in it."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    look = look_of(request)
    _drafted, rendering = drafted_rendering(issue, look["at"])
    return mail_response(request, rendering, look)
