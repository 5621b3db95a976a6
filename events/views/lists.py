"""The lists: what is to come, and each month."""

from itertools import groupby

from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing.head import PageHead
from publishing.months import Month, month_or_404
from publishing.paging import page_of

from ..models import Event
from .trail import trail

PER_PAGE = 30


@require_safe
def event_list(request):
    """Show what is still to come by month, the self-paced ones, and the way to past months."""
    events = Event.objects.published()
    page = page_of(request, events.upcoming().select_related("location", "image"), PER_PAGE)
    return TemplateResponse(
        request,
        "events/event_list.html",
        {
            "head": PageHead(
                title=_("Classes and events"),
                description=_("Classes, support groups, screenings and community days."),
                path=request.path,
                json_ld=[trail()],
            ),
            "page": page,
            "groups": [
                (month.first_day, list(group))
                for month, group in groupby(page, lambda event: Month.of(event.first_day))
            ],
            "any_time": events.any_time().select_related("location", "image") if page.number == 1 else [],
            "months": events.months(),
        },
    )


@require_safe
def month(request, year, month):
    """Show the events of one month, past or to come."""
    shown = month_or_404(year, month)
    begin, end = shown.bounds
    events = Event.objects.published()
    first, last = events.first_and_last_month()
    shown_events = list(events.between(begin, end).select_related("location", "image"))
    name = date_format(shown.first_day, "YEAR_MONTH_FORMAT")
    return TemplateResponse(
        request,
        "events/month.html",
        {
            "head": PageHead(
                title=_("Events in %(month)s") % {"month": name},
                path=request.path,
                json_ld=[trail((name, request.path))],
                indexed=bool(shown_events),
            ),
            "month": shown,
            "previous": shown.previous if first and first < shown else None,
            "next": shown.next if last and shown < last else None,
            "events": shown_events,
        },
    )
