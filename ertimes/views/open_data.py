"""The waits for other sites and apps, and the page that describes them."""

import json

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.lifelines import lifelines
from publishing import instant
from publishing.head import PageHead, absolute
from publishing.open_to_other_sites import etag_of, open_to_other_sites

from ..caching import kept_no_longer_than
from ..open_data import FIELDS, board_as_data, iso
from ..waits import current_waits
from .frame import trail
from .sending import Made, send_once

# It may run its own script and be left for the full page, nothing more.
WIDGET_CODE = (
    '<iframe src="{address}" title="{title}"\n'
    '  width="360" height="440" loading="lazy" referrerpolicy="no-referrer"\n'
    '  sandbox="allow-scripts allow-same-origin allow-popups allow-top-navigation-by-user-activation"></iframe>'
)


@require_http_methods(["GET", "HEAD", "OPTIONS"])
@open_to_other_sites
def wait_times_json(request):
    """Send the board as open data: see ertimes.open_data."""

    def make(at):
        waits = current_waits(at)
        data = board_as_data(waits, lifelines().main)
        version = json.dumps(data).encode()  # when it was made changes nothing
        body = json.dumps({"generated_at": iso(at), **data}).encode()
        return Made(body, waits, f"W/{etag_of(version)}")

    return send_once(request, ("ertimes:wait_times_json",), make, "application/json")


class Widget:
    """How to put the wait of `department` into a page: its `name`, the widget's `path`, the `code` to copy."""

    def __init__(self, department):
        self.name = department.name
        self.path = reverse("ertimes:widget", args=[department.slug])
        title = _("ER wait: %(name)s") % {"name": self.name}
        self.code = WIDGET_CODE.format(address=absolute(self.path), title=escape(title))


@require_safe
def open_data(request):
    """Describe the open data field by field, with what it says now, and offer the widget."""
    waits = current_waits()
    known = lifelines()
    example = board_as_data(waits[:1], known.main)
    response = TemplateResponse(
        request,
        "ertimes/open_data.html",
        {
            "head": PageHead(
                title=_("Open data and widget"),
                description=_("ER wait times for other sites and apps: as JSON, and as a small page to put in yours."),
                path=request.path,
                json_ld=[trail((_("Open data and widget"), request.path))],
            ),
            "frame": {"lifelines": known},
            "wait": waits[0] if waits else None,
            "data_address": absolute(reverse("ertimes:wait_times_json")),
            "fields": FIELDS,
            "example": json.dumps({"generated_at": iso(instant.now()), **example}, indent=2, ensure_ascii=False),
            "widgets": [Widget(wait.department) for wait in waits],
        },
    )
    return kept_no_longer_than(waits[:1], response)
