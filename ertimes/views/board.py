"""The board: every department with its wait."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from publishing import instant
from publishing.head import PageHead

from ..waits import current_waits
from .frame import kept_no_longer_than, trail


@require_safe
@vary_on_headers("HX-Request")
def board(request):
    """Show every department's current wait; answer htmx with the list alone."""
    template_name = "ertimes/board.html"
    if request.htmx:
        template_name += "#departments"
    waits = current_waits()
    response = TemplateResponse(
        request,
        template_name,
        {
            "head": PageHead(
                title=_("ER wait times"),
                description=_("How long the wait is now in each emergency department, and whom to call."),
                path=request.path,
                json_ld=[trail()],
            ),
            "waits": waits,
            "now": instant.now(),
        },
    )
    return kept_no_longer_than(waits, response)
