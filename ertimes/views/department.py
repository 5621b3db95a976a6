"""One department on a page of its own."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from publishing.head import PageHead

from ..caching import kept_no_longer_than
from .frame import trail, wait_or_404
from .history import history_html
from .sending import send_html_once


@require_safe
@vary_on_headers("HX-Request")
@conditional_page
def department_detail(request, slug):
    """Show one emergency department: its wait, what the number means, how to reach it; htmx gets the wait alone."""
    if request.htmx:
        return send_html_once(
            request,
            ("ertimes:department_detail", slug),
            "ertimes/_department_alone.html",
            lambda at: [wait_or_404(request, slug)],
            lambda waits: {"wait": waits[0], "department": waits[0].department},
        )
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
            "history": history_html(wait.department, wait.at),
        },
    )
    return kept_no_longer_than([wait], response)
