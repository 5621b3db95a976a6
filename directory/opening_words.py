"""What a page says of opening hours, in words: the line of now, the week, the special days to come."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import gettext as _

from .opening import local_day, open_state

SOON = timedelta(hours=12)  # until then a time of day says enough, even if it is tomorrow's


@dataclass(frozen=True)
class OpenLine:
    """Whether it is open now, as a sentence; true until `holds_until`, an aware datetime.

    `today_is` is the name of the special day that it is, or "".
    """

    text: str
    is_open: bool
    today_is: str
    holds_until: datetime


def open_line(hours, at):
    """Return the OpenLine of a place with `hours`, an Hours, at `at` (aware datetime); None where nothing is known."""
    state = open_state(hours, at)
    if state.is_open is None:
        return None
    text = _until(state.until, at) if state.is_open else _opens_next(state.opens_next, at)
    return OpenLine(text, state.is_open, state.today_is, state.holds_until)


def _until(until, at):
    if until is None:
        return _("Open now, 24 hours a day")
    last_day = local_day(until - timedelta(microseconds=1))  # midnight still belongs to the day that it ends
    words = {"time": _closing_told(_local(until).time()), "day": _day_told(last_day, at)}
    if last_day == local_day(at) or until - at <= SOON:
        return _("Open now until %(time)s") % words
    return _("Open now until %(day)s at %(time)s") % words


def _opens_next(opens_next, at):
    if opens_next is None:
        return _("Closed now")
    opening = _local(opens_next)
    words = {"time": clock_told(opening.time()), "day": _day_told(opening.date(), at)}
    days = (opening.date() - local_day(at)).days
    if days == 0:
        return _("Closed now. Opens today at %(time)s") % words
    if days == 1:
        return _("Closed now. Opens tomorrow at %(time)s") % words
    return _("Closed now. Opens %(day)s at %(time)s") % words


def _day_told(day, at):
    """Return "Monday" for a day of the coming week, else "Monday, December 7"."""
    if (day - local_day(at)).days < 7:
        return date_format(day, "l")
    return _("%(weekday)s, %(date)s") % {"weekday": date_format(day, "l"), "date": date_format(day, "MONTH_DAY_FORMAT")}


def clock_told(at):
    """Return `at` (time) as it stands on a door: "8 AM", "4:30 PM", "noon"."""
    if at == time(12):
        return _("noon")
    return time_format(at, "TIME_FORMAT").replace(":00 ", " ")  # only where AM or PM follows, not in "8:00"


def _closing_told(at):
    return _("midnight") if at == time() else clock_told(at)


def interval_told(interval):
    """Return "8 AM to 4:30 PM" or "24 hours" for an Interval."""
    if interval.all_day:
        return _("24 hours")
    return _("%(opens)s to %(closes)s") % {
        "opens": clock_told(interval.opens),
        "closes": _closing_told(interval.closes),
    }


def intervals_told(intervals):
    """Return the hours of one day, Intervals, as a list of words: "8 AM to noon" and "1 PM to 4 PM", or "Closed"."""
    return [interval_told(interval) for interval in intervals] or [_("Closed")]


@dataclass(frozen=True)
class SpecialDayTold:
    """One special day: its date, its name, and its hours as of `intervals_told`."""

    day: date
    name: str
    hours: list


@dataclass(frozen=True)
class WeekdayTold:
    """One row of the week: its usual hours as of `intervals_told`, and the special day in their place, or None.

    `special` is that of the coming seven days, today among them.
    """

    name: str
    hours: list
    is_today: bool
    special: SpecialDayTold | None


def week_told(hours, at):
    """Return the seven WeekdayTold of `hours`, Monday first; none where nobody has said anything of usual days."""
    if not hours.weekly:
        return []
    today = local_day(at)
    coming = {told.day.weekday(): told for told in special_days_told(hours, at, timedelta(days=6))}
    return [
        WeekdayTold(
            str(name),
            intervals_told(hours.weekly.get(weekday, ())),
            weekday == today.weekday(),
            coming.get(weekday),
        )
        for weekday, name in WEEKDAYS.items()
    ]


def special_days_told(hours, at, within):
    """Return the SpecialDayTold of today and the days `within` (timedelta) after it, in their order."""
    today = local_day(at)
    return [
        SpecialDayTold(day, special.name, intervals_told(special.intervals))
        for day, special in sorted(hours.special.items())
        if today <= day <= today + within
    ]


def _local(instant):
    return localtime(instant, get_default_timezone())
