"""Events as iCalendar (RFC 5545), for people's own calendars."""

import unicodedata
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, vRecur, vText
from icalendar import Event as CalendarEntry

from publishing.head import absolute
from publishing.local_time import day_after

from .calendar_series import calendar_parts
from .calendar_zones import zone_description
from .models import DateStatus, Event
from .places import place_told, where_told
from .zoned import zone_called

ASK_AGAIN = timedelta(hours=1)  # after which a subscribed calendar should be read anew


def calendar_of(events, *, name, address=None, about=""):
    """Return `events` (dated ones, as EventQuerySet.for_calendars fetches them) as the bytes of a calendar file.

    A series is one entry that repeats, with entries for those of its dates that differ. `name` is how programs call
    the calendar, `address` its path where they may ask for it again, `about` a sentence about it.
    """
    entries = [entry for event in events for entry in entries_of(event)]
    return _file(entries, name, address, about)


def calendar_of_dates(dates, *, name):
    """Return `dates`, EventDates with their event and places, as a calendar file with an entry for each."""
    return _file([entry_of(date) for date in dates], name)


def _file(entries, name, address=None, about=""):
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar["x-wr-calname"] = vText(" ".join(_clean(name).split()))
    if about:
        calendar["x-wr-caldesc"] = vText(_clean(about))
    if address:
        calendar.add("source", absolute(address), parameters={"VALUE": "URI"})
        calendar.add("refresh-interval", ASK_AGAIN)
        calendar["refresh-interval"].params["VALUE"] = "DURATION"
        calendar.add("x-published-ttl", f"PT{int(ASK_AGAIN.total_seconds()) // 3600}H")
    for entry in entries:
        calendar.add_component(entry)
    year = timezone.localdate().year
    for name in sorted(calendar.get_missing_tzids()):
        if described := zone_description(name, year):
            calendar.subcomponents.insert(0, described)
    calendar.add_missing_timezones()  # of zones without a rule
    return calendar.to_ical()


def entries_of(event):
    """Return the calendar entries of one dated event: those that repeat, their exceptions, and what stands alone."""
    parts, alone = calendar_parts(event)
    entries = []
    for part in parts:
        uid = _uid(event, f"{part.change.from_day:%Y%m%d}") if part.change else _uid(event)
        entries.append(_repeating(part, uid))
        entries += [_exception(part, uid, row) for row in part.rows.values() if _differs(part, row)]
    return entries + [entry_of(row) for row in alone]


def entry_of(date):
    """Return one date as an entry of its own, which other programs know again however it is moved."""
    event = date.event
    entry = _entry(event, date, _uid_of(date))
    _add_span(entry, date)
    return entry


def _uid_of(date):
    event = date.event
    only_one = not event.is_series and date.day == event.first_day
    return _uid(event) if only_one else _uid(event, f"date-{date.day:%Y%m%d}")


def _uid(event, part=""):
    # The primary key, not the slug: an entry must stay the same one when its address is changed.
    return f"event-{event.pk}{f'-{part}' if part else ''}@{urlsplit(settings.SITE_URL).hostname}"


def _repeating(part, uid):
    """Return the entry of a Part, as if every one of its dates were as planned."""
    event = part.event
    entry = _entry(event, None, uid, change=part.change)
    if part.starts is None:
        entry.add("dtstart", part.first_day)
        entry.add("dtend", day_after(part.final_day))
    else:
        entry.add("dtstart", part.start_of(part.first_day))
        if part.ends is not None:
            entry.add("dtend", datetime.combine(part.final_day, part.ends, tzinfo=zone_called(event.zone)))
    rule = vRecur.from_ical(part.rule)
    if part.count:
        rule["COUNT"] = part.count
    if part.last_day:
        # With a zone the end of a rule is an instant in UTC (RFC 5545, 3.3.10).
        rule["UNTIL"] = part.last_day if part.starts is None else part.start_of(part.last_day).astimezone(UTC)
    entry.add("rrule", rule)
    for day in part.missing:
        entry.add("exdate", _original(part, day))
    return entry


def _exception(part, uid, row):
    entry = _entry(part.event, row, uid)
    entry.add("recurrence-id", _original(part, row.day))
    _add_span(entry, row)
    return entry


def _original(part, day):
    """Return when the rule has the date of `day`, as its exceptions name it."""
    return day if part.starts is None else part.start_of(day)


def _differs(part, row):
    told = row.status != DateStatus.ON or row.status_note or row.location_id or row.place
    return bool(told) or not part.follows(row)


def _entry(event, date, uid, change=None):
    """Return an entry with all but its time. `date` is the EventDate that it speaks of, None for a whole series."""
    entry = CalendarEntry()
    changed_at = max(event.changed_at, date.changed_at) if date else event.changed_at
    entry.add("uid", uid)
    entry.add("dtstamp", changed_at)
    entry.add("last-modified", changed_at)
    entry.add("sequence", event.sequence + (date.sequence if date else 0))
    entry.add("summary", _clean(_summary(event, date)))
    entry.add("description", _clean(_description(event, date)))
    entry.add("url", absolute(event.get_absolute_url()))
    if where := _where(event, date, change):
        entry.add("location", _clean(where))
    if topics := [_clean(topic.name) for topic in event.topics.all()]:
        entry.add("categories", topics)
    # A postponed date is not “tentative”: nobody is to come to it. When its new day is known it is moved,
    # and the same entry stands there, confirmed.
    takes_place = date is None or date.takes_place
    entry.add("status", "CONFIRMED" if takes_place else "CANCELLED")
    # A whole day is a day to remember and not one on which people are busy.
    entry.add("transp", "TRANSPARENT" if event.timing == Event.Timing.ALL_DAY or not takes_place else "OPAQUE")
    return entry


def _summary(event, date):
    """Return the title, with what has become of the date before it: not every program shows a status."""
    if date is None or date.status == DateStatus.ON:
        return event.title
    return _("%(status)s: %(title)s") % {"status": DateStatus(date.status).label, "title": event.title}


def _description(event, date):
    lines = [date.status_note if date else "", event.opening]
    if event.online_url and event.online_url_for == Event.LinkFor.EVERYBODY:
        lines.append(_("Take part: %(address)s") % {"address": event.online_url})
    return "\n".join(line for line in lines if line)


def _where(event, date, change):
    if date is not None:
        return where_told(date, with_address=True)
    source = change if change and (change.location_id or change.place) else event
    return place_told(source.location, source.place, online=event.online, with_address=True)


def _add_span(entry, date):
    if date.all_day:
        entry.add("dtstart", date.first_day)
        entry.add("dtend", day_after(date.final_day))
        return
    entry.add("dtstart", _told(date.starts_at, date.zone))
    if date.has_end:
        entry.add("dtend", _told(date.ends_at, date.zone))


def _told(at, zone):
    """Return `at` by the clock of `zone`; in UTC where that clock has shown the same time an hour before."""
    local = timezone.localtime(at, zone)
    return at.astimezone(UTC) if local.fold else local


def _clean(text):
    """Return `text` without the control characters that no calendar file may have."""
    lines = str(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in lines if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs"))
