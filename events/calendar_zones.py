"""A time zone as calendar files describe it: by the rule that its clocks follow now, in as few lines as can be.

icalendar itself lists every change of the clocks since 1970, which ical.js and Outlook do not read as it means them.
"""

import calendar
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from .recurrence import WEEKDAY_CODES

EARLIEST = 1970


@lru_cache(maxsize=32)
def zone_description(name, year):
    """Return the VTIMEZONE of the zone called `name`, by the rule of `year` and as far back as that holds.

    None where its clocks follow no rule of “the second Sunday of March”.
    """
    zone = ZoneInfo(name)
    changes = _changes(zone, year)
    described = Timezone()
    described.add("tzid", name)
    if not changes:
        at = datetime(year, 1, 1, tzinfo=zone)
        described.add_component(_part(TimezoneStandard, datetime(EARLIEST, 1, 1), at.utcoffset(), at))  # noqa: DTZ001  local
        return described
    rules = _common_rules([changes, _changes(zone, year + 1), _changes(zone, year + 5)])
    if rules is None:
        return None
    first = year
    while first > EARLIEST and _common_rules([changes, _changes(zone, first - 1)]) and _fits(zone, first - 1, rules):
        first -= 1
    for (local, before, after), (month, week, weekday) in zip(_changes(zone, first), rules, strict=True):
        kind = TimezoneDaylight if after.dst() else TimezoneStandard
        part = _part(kind, local, before, after)
        part.add("rrule", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": f"{week}{WEEKDAY_CODES[weekday]}"}))
        described.add_component(part)
    return described


def _part(kind, local, before, after):
    part = kind()
    part.add("dtstart", local)
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after.utcoffset())
    part.add("tzname", f"{after:%Z}")
    return part


def _fits(zone, year, rules):
    changes = _changes(zone, year)
    return len(changes) == len(rules) and all(
        rule in _names_of(local) for (local, _before, _after), rule in zip(changes, rules, strict=True)
    )


def _common_rules(years):
    """Return the (month, week, weekday) that each change of the clocks has in all `years`; None where there is none."""
    rules = []
    if len({len(changes) for changes in years}) != 1:
        return None
    for same in zip(*years, strict=True):
        if len({(local.time(), before, after.utcoffset()) for local, before, after in same}) != 1:
            return None
        common = set.intersection(*(_names_of(local) for local, _before, _after in same))
        if not common:
            return None
        rules.append(max(common))  # “the second” rather than “the last”
    return rules


def _names_of(local):
    """Return by what rules the day of `local` can be meant: {(3, 2, 6)} is the second Sunday of March."""
    week = (local.day - 1) // 7 + 1
    names = {(local.month, week, local.weekday())}
    if local.day + 7 > calendar.monthrange(local.year, local.month)[1]:
        names.add((local.month, -1, local.weekday()))
    return names


def _changes(zone, year):
    """Return when clocks are changed in `year`: (local time just before, offset before, aware datetime after)."""
    found = []
    hour = datetime(year, 1, 1, tzinfo=UTC)
    while hour.year == year:
        later = hour + timedelta(days=1)
        if hour.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            at = hour
            while at.astimezone(zone).utcoffset() == hour.astimezone(zone).utcoffset():
                at += timedelta(minutes=15)
            before = hour.astimezone(zone).utcoffset()
            found.append(((at + before).replace(tzinfo=None), before, at.astimezone(zone)))
        hour = later
    return found
