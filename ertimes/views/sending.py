"""How lists, widgets and open data are sent: made once for all who ask at the same moment, and not again unchanged."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response

from directory.lifelines import lifelines
from publishing.once import once_for
from publishing.open_to_other_sites import etag_of

from ..caching import changes_of, kept_no_longer_than


@dataclass(frozen=True)
class Made:
    """A body (bytes) that shows `waits`. `etag` stays while it says the same."""

    body: bytes
    waits: list
    etag: str


def send_once(request, key, make, content_type):
    """Return the response with what `make(at)` gives, a Made; 304 where the reader has it.

    `key` is a tuple that names what it is.
    """

    def make_with_its_ends(at):
        made = make(at)
        return made, changes_of(made.waits)

    made = once_for(request, settings.WAITS_KEPT_FOR, key, make_with_its_ends)
    response = kept_no_longer_than(made.waits, HttpResponse(made.body, content_type=content_type))
    response["ETag"] = made.etag
    return get_conditional_response(request, etag=made.etag, response=response)


def send_html_once(request, key, template_name, waits_at, context_of):
    """Return the response with a template that shows `waits_at(at)`, a list of Wait, with `context_of(waits)`.

    The hospital's own number stands in it as in a whole page.
    """

    def make(at):
        waits = waits_at(at)
        context = {"frame": {"lifelines": lifelines()}, **context_of(waits)}
        body = render_to_string(template_name, context, request).encode()
        return Made(body, waits, etag_of(body))

    return send_once(request, key, make, "text/html; charset=utf-8")
