"""Events as iCalendar (RFC 5545), for people's own calendars."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar
from icalendar import Event as CalendarEvent

from publishing.head import absolute
from publishing.local_time import day_after


def calendar_of(events, *, name):
    """Return `events` (dated ones) as the bytes of a calendar file called `name`, with the zone's rules in it."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(_entry(event))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _entry(event):
    zone = timezone.get_default_timezone()
    entry = CalendarEvent()
    # The primary key, not the slug: an entry must stay the same one when its address is changed.
    entry.add("uid", f"event-{event.pk}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", event.changed_at)
    entry.add("last-modified", event.changed_at)
    entry.add("summary", event.title)
    entry.add("description", event.opening)
    entry.add("url", absolute(event.get_absolute_url()))
    if event.timing == event.Timing.ALL_DAY:
        entry.add("dtstart", event.first_day)
        entry.add("dtend", day_after(event.final_day))
    else:
        entry.add("dtstart", event.starts_at.astimezone(zone))
        if event.end_time:
            entry.add("dtend", event.ends_at.astimezone(zone))
    where = ", ".join(part for part in (event.place, event.location.name if event.location else "") if part)
    if where or event.online:
        entry.add("location", where or "Online")
    return entry
