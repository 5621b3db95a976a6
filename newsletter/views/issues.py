"""The newsletters on the web: each with its own page, and the list of all that were sent."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing import instant, json_ld
from publishing.head import PageHead
from publishing.paging import page_of
from publishing.reader import reader_of

from ..composition import compose
from ..models import Issue
from ..rendering import opening_of

PER_PAGE = 30


@require_safe
def issue_list(request):
    """Show all newsletters, the newest first."""
    page = page_of(request, Issue.objects.published(), PER_PAGE)
    return TemplateResponse(
        request,
        "newsletter/issue_list.html",
        {
            "head": PageHead(
                title=_("Past newsletters"),
                description=_("All newsletters of the hospital, to read on the web."),
                path=request.path,
                json_ld=[_trail((_("Past newsletters"), request.path))],
            ),
            "page": page,
        },
    )


@require_safe
def issue(request, slug):
    """Show one newsletter as it was mailed, without what is no longer public."""
    shown = get_object_or_404(Issue.objects.visible_to(reader_of(request)), slug=slug)
    now = instant.now()
    composition = compose(shown, min(shown.published_at or now, now), now)
    archive = reverse("newsletter:issue_list")
    return TemplateResponse(
        request,
        "newsletter/issue.html",
        {
            "head": PageHead(
                title=shown.subject,
                description=shown.preheader or opening_of(composition),
                path=request.path,
                og_type="article",
                json_ld=[_trail((_("Past newsletters"), archive), (shown.subject, request.path))],
            ),
            "issue": shown,
            "parts": composition.parts,
        },
    )


def _trail(*steps):
    return json_ld.trail((_("Newsletter"), reverse("newsletter:subscribe")), *steps)
