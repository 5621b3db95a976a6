"""The usual hours of a telephone number, or of a service at one place, in words."""

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .hours_line import grouped, runs
from .opening import ALL_DAY, HORIZON, local_day
from .opening_words import interval_told


def usual_hours_told(line, at):
    """Return what an HoursLine says as a tuple of sentences without full stops; () where nobody has said.

    ("Monday to Friday, 8 AM to 4:30 PM", "Closed on holidays", "By appointment"). Of single dates only those of
    the coming days are told, from the day of `at` (aware datetime) on.
    """
    told = [_days_with(days, intervals) for days, intervals in grouped(line.weekly)]
    if line.holidays is not None:
        told.append(_holidays(line.holidays))
    today = local_day(at)
    told += [_special(day, special) for day, special in sorted(line.special.items()) if today <= day <= today + HORIZON]
    if line.by_appointment:
        told.append(_("By appointment"))
    return tuple(told)


def _holidays(intervals):
    return _("Holidays, %(hours)s") % {"hours": _intervals(intervals)} if intervals else _("Closed on holidays")


def _days_with(days, intervals):
    every_day = len(days) == len(WEEKDAYS)
    if every_day and intervals == (ALL_DAY,):
        return _("24 hours a day, every day")
    words = {"days": _("Every day") if every_day else _days(days), "hours": _intervals(intervals)}
    return pgettext("opening hours", "%(days)s, %(hours)s") % words


def _days(days):
    """Return "Monday to Thursday, Saturday" for weekdays; two in a row are "Saturday and Sunday"."""
    return ", ".join(_run(first, last) for first, last in runs(days))


def _run(first, last):
    words = {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}
    if first == last:
        return str(words["first"])
    if last == first + 1:
        return pgettext("weekdays", "%(first)s and %(last)s") % words
    return pgettext("weekdays", "%(first)s to %(last)s") % words


def _intervals(intervals):
    return pgettext("opening hours", " and ").join(interval_told(interval) for interval in intervals)


def _special(day, special):
    words = {
        "day": date_format(day, "MONTH_DAY_FORMAT"),
        "hours": _intervals(special.intervals) if special.intervals else _("closed"),
        "name": special.name,
    }
    if special.name:
        return _("%(day)s (%(name)s): %(hours)s") % words
    return _("%(day)s: %(hours)s") % words
