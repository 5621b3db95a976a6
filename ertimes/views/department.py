"""One department on a page of its own."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing import instant
from publishing.head import PageHead

from .frame import kept_no_longer_than, trail, wait_or_404


@require_safe
def department_detail(request, slug):
    """Show one emergency department: its wait, what the number means, how to reach it."""
    wait = wait_or_404(request, slug)
    response = TemplateResponse(
        request,
        "ertimes/department_detail.html",
        {
            "head": PageHead(
                title=wait.department.name,
                description=_("Current wait, phone and directions."),
                path=request.path,
                json_ld=[trail((wait.department.name, request.path))],
            ),
            "wait": wait,
            "contact": wait.department.contact,
            "now": instant.now(),
        },
    )
    return kept_no_longer_than([wait], response)
