"""“I'm on my way”."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from publishing.head import PageHead

from ..caching import kept_no_longer_than
from .frame import trail, wait_or_404


@require_safe
@conditional_page
def on_my_way(request, slug):
    """Show how to tell the department that you are coming, after what to do in an emergency."""
    wait = wait_or_404(request, slug)
    response = TemplateResponse(
        request,
        "ertimes/on_my_way.html",
        {
            "head": PageHead(
                title=_("I’m on my way: %(department)s") % {"department": wait.department.name},
                description=_("Tell the emergency department by phone that you are coming."),
                path=request.path,
                json_ld=[
                    trail(
                        (wait.department.name, wait.department.get_absolute_url()), (_("I’m on my way"), request.path)
                    )
                ],
            ),
            "wait": wait,
            "contact": wait.department.contact,
        },
    )
    return kept_no_longer_than([wait], response)
