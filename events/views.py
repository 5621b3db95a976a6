from itertools import groupby

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.models import Contact
from publishing import json_ld
from publishing.head import PageHead
from publishing.months import Month, month_or_404
from publishing.paging import page_of
from publishing.reader import reader_of

from .calendar_files import calendar_of
from .models import Event

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
                json_ld=[_trail()],
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
                json_ld=[_trail((name, request.path))],
                indexed=bool(shown_events),
            ),
            "month": shown,
            "previous": shown.previous if first and first < shown else None,
            "next": shown.next if last and shown < last else None,
            "events": shown_events,
        },
    )


@require_safe
def event_detail(request, slug):
    """Show one event: when, where, for whom, what it costs and whom to ask."""
    event = get_object_or_404(
        Event.objects.visible_to(reader_of(request)).select_related("location", "image"), slug=slug
    )
    starts = ends = None
    if event.timing == Event.Timing.ALL_DAY:
        starts, ends = event.first_day.isoformat(), event.final_day.isoformat()
    elif event.timing == Event.Timing.AT_A_TIME:
        starts, ends = event.starts_at.isoformat(), event.ends_at.isoformat() if event.end_time else None
    structured = [_trail((event.title, request.path))]
    if starts:  # schema.org's Event must have a date; a self-paced class has none
        structured.append(
            json_ld.event(
                name=event.title,
                description=event.opening,
                path=request.path,
                starts=starts,
                ends=ends,
                place=event.location.name if event.location else event.place,
                online=event.online,
            )
        )
    return TemplateResponse(
        request,
        "events/event_detail.html",
        {
            "head": PageHead(
                title=event.title, description=event.opening, path=request.path, image=event.image, json_ld=structured
            ),
            "event": event,
            "over": event.is_over(),
            "contact": Contact.objects.published().with_numbers().filter(pk=event.contact_id).first(),
        },
    )


@require_safe
def event_calendar(request, slug):
    """Send one event as a calendar file."""
    event = get_object_or_404(Event.objects.published().dated().select_related("location"), slug=slug)
    return _calendar_response(calendar_of([event], name=event.title), f"{event.slug}.ics")


@require_safe
def calendar(request):
    """Send all events that are still to come as a calendar that can be subscribed to."""
    name = _("Events at %(hospital)s") % {"hospital": settings.SITE_NAME}
    events = Event.objects.published().upcoming().select_related("location")
    return _calendar_response(calendar_of(events, name=name), "calendar.ics")


def _calendar_response(content, filename):
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _trail(*steps):
    return json_ld.breadcrumbs((_("Home"), "/"), (_("Events"), reverse("events:event_list")), *steps)
