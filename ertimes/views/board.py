"""The board: every department with its wait."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from publishing.head import PageHead

from ..caching import kept_no_longer_than
from ..waits import current_waits
from .frame import trail
from .sending import send_html_once


@require_safe
@vary_on_headers("HX-Request")
@conditional_page
def board(request):
    """Show every department's current wait; answer htmx with the list alone."""
    if request.htmx:
        return send_html_once(
            request, ("ertimes:board",), "ertimes/_departments.html", current_waits, lambda waits: {"waits": waits}
        )
    waits = current_waits()
    response = TemplateResponse(
        request,
        "ertimes/board.html",
        {
            "head": PageHead(
                title=_("ER wait times"),
                description=_("How long the wait is now in each emergency department, and whom to call."),
                path=request.path,
                json_ld=[trail()],
            ),
            "waits": waits,
        },
    )
    return kept_no_longer_than(waits, response)
