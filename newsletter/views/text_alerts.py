"""Text messages by keyword: what they are, and how to get and to stop them."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing import json_ld
from publishing.head import PageHead
from publishing.reader import reader_of

from ..models import TextAlert


@require_safe
def text_alert_list(request):
    """Show every keyword with what is sent."""
    return TemplateResponse(
        request,
        "newsletter/textalert_list.html",
        {
            "head": PageHead(
                title=_("Text alerts"),
                description=_("Health messages on your phone, by a keyword that you send."),
                path=request.path,
                json_ld=[_trail()],
            ),
            "text_alerts": TextAlert.objects.published(),
        },
    )


@require_safe
def text_alert(request, slug):
    """Show one of them, with all that one has to know before one sends the keyword."""
    found = get_object_or_404(TextAlert.objects.visible_to(reader_of(request)), slug=slug)
    return TemplateResponse(
        request,
        "newsletter/textalert_detail.html",
        {
            "head": PageHead(
                title=found.name,
                description=_("Text %(keyword)s to %(number)s. %(often)s")
                % {"keyword": found.keyword, "number": found.short_code, "often": found.how_often},
                path=request.path,
                json_ld=[_trail((found.name, request.path))],
            ),
            "text_alert": found,
        },
    )


def _trail(*steps):
    return json_ld.trail((_("Text alerts"), reverse("newsletter:text_alert_list")), *steps)
