"""The calendar files: of an event, of one date, and those that people subscribe to."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from directory.models import Location
from publishing import instant
from publishing.caching import LONGEST
from publishing.once import once_for

from ..calendar_files import calendar_of, calendar_of_dates
from ..models import Event, EventDate, Topic
from ..places import at_location

MOST = 1000  # events in one calendar: each thousand takes two seconds to write


@require_safe
@conditional_page
def event_calendar(request, slug):
    """Send one event, with all its dates where it is a series."""
    event = get_object_or_404(Event.objects.published().for_calendars(), slug=slug)
    return _sent(calendar_of([event], name=event.title, address=request.path), event.slug)


@require_safe
@conditional_page
def date_calendar(request, slug, day):
    """Send one date of an event: `day` is the day that the series names, wherever the date was moved."""
    try:
        found = date.fromisoformat(day)
    except ValueError as error:
        raise Http404(_("There is no such day.")) from error
    dates = EventDate.objects.of_published().with_event().prefetch_related("event__topics")
    one = get_object_or_404(dates, event__slug=slug, day=found)
    return _sent(calendar_of_dates([one], name=one.event.title), f"{one.event.slug}-{found}")


@require_safe
@conditional_page
def calendar(request):
    """Send all events that are not over."""
    name = _("Events at %(hospital)s") % {"hospital": settings.SITE_NAME}
    return _subscribed(request, "all", name, Event.objects.all)


@require_safe
@conditional_page
def topic_calendar(request, slug):
    """Send the events about one topic that are not over."""
    topic = get_object_or_404(Topic, slug=slug)
    name = _("%(topic)s at %(hospital)s") % {"topic": topic.name, "hospital": settings.SITE_NAME}
    return _subscribed(request, ("topic", topic.pk), name, lambda: Event.objects.filter(topics=topic))


@require_safe
@conditional_page
def location_calendar(request, slug):
    """Send the events at one location that are not over; a series as a whole, with those dates that are elsewhere."""
    location = get_object_or_404(Location.objects.published(), slug=slug)
    name = _("Events at %(place)s") % {"place": location.name}

    def events():
        dates = EventDate.objects.filter(at_location(location.pk), ends_at__gt=instant.now())
        return Event.objects.filter(pk__in=dates.values("event"))

    return _subscribed(request, ("location", location.pk), name, events)


def _subscribed(request, key, name, events):
    def make(at):
        shown = list(events().published(at).for_calendars().filter(ends_at__gt=at)[: MOST + 1])
        about = ""
        if len(shown) > MOST:
            about = _("The next %(count)d events. For all of them there are calendars by topic and place.")
        return calendar_of(shown[:MOST], name=name, address=request.path, about=about % {"count": MOST}), ()

    return _sent(once_for(request, settings.EVENT_CALENDARS_KEPT_FOR, ("event calendar", key), make), "calendar")


def _sent(body, name):
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=LONGEST)
    return response
