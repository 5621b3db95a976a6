"""“Urgent or emergency?”"""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing.head import PageHead

from .frame import trail


@require_safe
def care_guide(request):
    """Show which care is needed for what, the gravest first."""
    head = PageHead(
        title=_("Urgent or emergency?"),
        description=_("When to call 911, when to go to the emergency department, and what urgent care is for."),
        path=request.path,
        json_ld=[trail((_("Urgent or emergency?"), request.path))],
    )
    return TemplateResponse(request, "ertimes/care_guide.html", {"head": head})
