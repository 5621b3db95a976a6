"""“I'm on my way”: first what to do in an emergency, then how to tell the department that one is coming."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from publishing.head import PageHead

from ..caching import kept_no_longer_than
from .frame import trail, wait_or_404


@require_safe
@conditional_page
def on_my_way(request, slug):
    """Show what to do in an emergency, and after that the ways to tell the department that you are coming."""
    wait = wait_or_404(request, slug)
    department = wait.department
    response = TemplateResponse(
        request,
        "ertimes/on_my_way.html",
        {
            "head": PageHead(
                title=_("I’m on my way: %(department)s") % {"department": department.name},
                description=_("Tell the emergency department that you are coming, or call it."),
                path=request.path,
                json_ld=[
                    trail((department.name, department.get_absolute_url()), (_("I’m on my way"), request.path)),
                ],
            ),
            "wait": wait,
            "department": department,
            "contact": department.contact,
            "takes_notices": takes_notices(wait),
        },
    )
    return kept_no_longer_than([wait], response)


def takes_notices(wait):
    """Return whether the department of `wait` can be told that somebody is coming: it is live, and open."""
    return wait.department.is_published_at(wait.at) and wait.status != wait.department.Status.CLOSED
