"""The page of one event."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Prefetch, Value, prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from directory.models import ContactNumber
from publishing import instant
from publishing.head import PageHead
from publishing.reader import reader_of

from ..elsewhere import google_link, outlook_link
from ..models import Audience, DateStatus, Event, EventDate, Topic
from ..rule_words import series_told
from ..seats import with_taken
from ..shown import shown_dates, start_told
from ..structured import structured_dates
from .address import webcal
from .trail import trail

AT_ONCE = 6  # dates that are shown without asking for all
MOST = 52  # dates on the page of a series; those after them are in the month view
RELATED = 4
RELATED_WITHIN = timedelta(days=183)


@require_safe
def event_detail(request, slug):
    """Show one event: its next dates, where, for whom, what it costs, how to sign up and whom to ask."""
    at = instant.now()
    event = get_object_or_404(
        Event.objects.visible_to(reader_of(request)).select_related("location", "image", "contact", "access_contact"),
        slug=slug,
    )
    shown = _dates_to_come(event, at)
    over = event.timing in Event.DATED and not shown
    contact, access_contact = _contacts(event, at)
    topics, audiences = _labels(event)
    next_date = shown[0].date if shown else None
    location, place = next_date.where if next_date else (event.location, event.place)
    if next_date and next_date.status == DateStatus.MOVED_ONLINE:
        location, place = None, ""
    structured = structured_dates(event, shown[:AT_ONCE] or _last_date(event, at))
    return TemplateResponse(
        request,
        "events/event_detail.html",
        {
            "head": PageHead(
                title=event.title,
                description=event.opening,
                path=request.path,
                image=event.image,
                json_ld=[trail((event.title, request.path)), *structured],
            ),
            "event": event,
            "over": over,
            "next": shown[0] if shown else None,
            "dates": shown[:AT_ONCE],
            "later_dates": shown[AT_ONCE:MOST],
            "more_dates": len(shown) > MOST,
            "last": shown[-1].date if shown else None,
            "following": next((start_told(each.date) for each in shown if each.date.takes_place), ""),
            "location": location,
            "place": place,
            "online": next_date.online if next_date else event.online,
            "usual_place": shown[0].where if shown else "",
            "series": _series(event, shown),
            "topics": topics,
            "audiences": audiences,
            "contact": contact,
            "access_contact": access_contact or contact,
            "related": _related(event, topics, at),
            "subscribe": webcal(reverse("events:event_calendar", args=[event.slug])),
            "elsewhere": _elsewhere(next((each.date for each in shown if each.date.takes_place), None)),
        },
    )


def _contacts(event, at):
    """Return (contact, whom to ask about access) with their numbers, of each None where the public sees none."""
    contacts = [each if each and each.is_published_at(at) else None for each in (event.contact, event.access_contact)]
    numbers = Prefetch("numbers", ContactNumber.objects.order_by("position", "pk"))
    prefetch_related_objects([each for each in contacts if each], numbers)
    return contacts


def _labels(event):
    """Return (topics, audiences), lists in their order, in one query."""
    rows = [
        each.order_by().values_list(Value(kind), "pk", "name", "slug")
        for kind, each in enumerate((event.topics.all(), event.audiences.all()))
    ]
    found = ([], [])
    for kind, pk, name, slug in sorted(rows[0].union(rows[1], all=True), key=lambda row: row[2]):
        found[kind].append((Topic, Audience)[kind](pk=pk, name=name, slug=slug))
    return found


def _dates_to_come(event, at):
    if event.timing not in Event.DATED:
        return []
    dates = EventDate.objects.filter(event=event).upcoming(at).order_by("starts_at", "pk")[: MOST + 1]
    return _shown(event, dates, at)


def _last_date(event, at):
    """Return the ShownDate of the last date of an event that is over, as a list; empty for one without a day."""
    if event.timing not in Event.DATED:
        return []
    return _shown(event, EventDate.objects.filter(event=event).order_by("-starts_at")[:1], at)


def _shown(event, dates, at):
    dates = list(with_taken(dates.with_places()))
    for date in dates:
        date.event = event
    return shown_dates(dates, at)


def _elsewhere(date):
    """Return `date`, an EventDate, and with what links it is added to calendars kept by others; None without one."""
    return date and {"date": date, "links": [("Google", google_link(date)), ("Outlook", outlook_link(date))]}


def _series(event, shown):
    """Return in words on what days it takes place: what holds now, and each later change with the day it begins."""
    changes = list(dict.fromkeys(each.date.change for each in shown if each.date.change_id))
    of_event = not shown or any(each.date.change_id is None for each in shown)
    parts = [(None, event.recurrence)] if of_event and event.is_series else []
    for change in changes:
        parts.append((change.first_day if parts else None, change.recurrence))
    return [(day, told) for day, recurrence in parts if (told := series_told(recurrence))]


def _related(event, topics, at):
    """Return the ShownDates of other events about the same or for the same service, the next first."""
    topics = Event.topics.through.objects.filter(event=OuterRef("event"), topic__in=topics)
    services = Event.services.through.objects.filter(event=OuterRef("event"), service__in=event.services.all())
    alike = EventDate.objects.taking_place().filter(Exists(topics) | Exists(services)).exclude(event=event.pk)
    dates = alike.next_of_each(Event.objects.published(at), at, at + RELATED_WITHIN)
    keys = dates.values("pk")[:RELATED]
    dates = EventDate.objects.filter(pk__in=keys).with_event().order_by("starts_at", "pk")
    return shown_dates(with_taken(dates), at)
