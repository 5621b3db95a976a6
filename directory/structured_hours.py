"""Opening hours as search engines read them (schema.org)."""

from datetime import time

from publishing import json_ld

_LAST_MINUTE = time(23, 59)
_CLOSED = {"opens": time(), "closes": time()}


def opening_hours_specification(hours):
    """Return `hours`, an Hours, as a list for `json_ld.place`: the weekdays, same times together, then special days."""
    weekdays = {}
    for weekday, intervals in sorted(hours.weekly.items()):
        for interval in intervals:
            weekdays.setdefault(interval, []).append(weekday)
    usual = [json_ld.opening_hours(**_times(interval), weekdays=days) for interval, days in sorted(weekdays.items())]
    special = [
        json_ld.opening_hours(**times, day=day)
        for day, special_day in sorted(hours.special.items())
        for times in [_times(interval) for interval in special_day.intervals] or [_CLOSED]
    ]
    return usual + special


def _times(interval):
    closes = _LAST_MINUTE if interval.all_day else interval.closes
    return {"opens": interval.opens, "closes": closes}
