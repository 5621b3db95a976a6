"""How lists, widgets and open data are sent: made once for all who ask at the same moment, and not again unchanged."""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from directory.lifelines import lifelines
from publishing import instant
from publishing.open_to_other_sites import etag_of

from ..caching import kept_no_longer_than
from ..once import Made, made_once


def send_once(request, key, make, content_type):
    """Return the response with what `make()` gives, a Made; 304 where the reader has it.

    `key` is a tuple that names what it is. Staff and previews have it made afresh: they may see what others do not.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES or hasattr(request, "preview"):
        made = make()
    else:
        made = made_once((*key, get_language()), make)
    response = kept_no_longer_than(made.waits, HttpResponse(made.body, content_type=content_type))
    response["ETag"] = made.etag
    return get_conditional_response(request, etag=made.etag, response=response)


def send_html_once(request, key, template_name, waits_at, context_of):
    """Return the response with a template that shows `waits_at(at)`, a list of Wait, with `context_of(waits)`.

    The hospital's own number stands in it as in a whole page.
    """

    def make():
        at = instant.now()
        waits = waits_at(at)
        context = {"frame": {"lifelines": lifelines()}, **context_of(waits)}
        body = render_to_string(template_name, context, request).encode()
        return Made(body, waits, at, etag_of(body))

    return send_once(request, key, make, "text/html; charset=utf-8")
