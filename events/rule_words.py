"""A series in a sentence: “Every Tuesday”, “First Monday of every month until June 7, 2027”."""

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .recurrence import WEEKDAY_CODES, parts_of

_LISTED = 6  # days that are named one by one


def series_told(recurrence):
    """Return the days of `recurrence`, a Recurrence, in words; "" where it is a single day."""
    parts = parts_of(recurrence.rule)
    if not parts:
        return _days_told((recurrence.first_day, *recurrence.extra_days)) if recurrence.extra_days else ""
    told = _rule_told(parts, recurrence.first_day)
    if recurrence.ends_on is not None:
        told = _("%(series)s until %(day)s") % {"series": told, "day": _day(recurrence.ends_on)}
    if recurrence.extra_days:
        told = _("%(series)s, and on %(days)s") % {"series": told, "days": _days_told(recurrence.extra_days)}
    return told


def _days_told(days):
    if len(days) > _LISTED:
        return _("%(count)d dates from %(first)s to %(last)s") % {
            "count": len(days),
            "first": _day(days[0]),
            "last": _day(days[-1]),
        }
    return _listed([_day(day) for day in days])


def _rule_told(parts, first_day):
    frequency, interval = parts["FREQ"], int(parts.get("INTERVAL", 1))
    if frequency == "DAILY":
        return ngettext("Every day", "Every %(count)d days", interval) % {"count": interval}
    if frequency == "WEEKLY":
        return _weeks_told(_weekdays(parts, first_day), interval)
    which = _which_days(parts, first_day)
    if frequency == "MONTHLY":
        if interval == 1:
            return _("%(days)s of every month") % {"days": which}
        return _("%(days)s of every %(count)d months") % {"days": which, "count": interval}
    months = [int(number) for number in parts.get("BYMONTH", str(first_day.month)).split(",")]
    names = _listed([str(MONTHS[month]) for month in months])
    if interval == 1:
        return _("%(days)s of %(month)s every year") % {"days": which, "month": names}
    return _("%(days)s of %(month)s every %(count)d years") % {"days": which, "month": names, "count": interval}


def _weekdays(parts, first_day):
    codes = parts["BYDAY"].split(",") if "BYDAY" in parts else [WEEKDAY_CODES[first_day.weekday()]]
    return sorted(WEEKDAY_CODES.index(code[-2:]) for code in codes)


def _weeks_told(weekdays, interval):
    if interval == 1 and weekdays == [0, 1, 2, 3, 4]:
        return _("Every day from Monday to Friday")
    names = _listed([str(WEEKDAYS[day]) for day in weekdays])
    if interval == 1:
        return _("Every %(weekdays)s") % {"weekdays": names}
    if interval == 2:
        return _("Every other week on %(weekdays)s") % {"weekdays": names}
    return _("Every %(count)d weeks on %(weekdays)s") % {"weekdays": names, "count": interval}


def _which_days(parts, first_day):
    """Return which days of a month are meant: “First Monday”, “Days 1 and 15”."""
    if "BYDAY" in parts:
        position = parts.get("BYSETPOS", "")
        codes = parts["BYDAY"].split(",")
        if position and sorted(WEEKDAY_CODES.index(code[-2:]) for code in codes) == [0, 1, 2, 3, 4]:
            return _("%(which)s weekday") % {"which": _ordinal(int(position))}
        return _listed(
            [
                _("%(which)s %(weekday)s")
                % {
                    "which": _ordinal(int(code[:-2] or position or 0)),
                    "weekday": WEEKDAYS[WEEKDAY_CODES.index(code[-2:])],
                }
                for code in codes
            ]
        )
    days = [int(day) for day in parts.get("BYMONTHDAY", str(first_day.day)).split(",")]
    if days == [-1]:
        return _("Last day")
    told = [str(day) if day > 0 else _("%(count)d before the end") % {"count": -day - 1} for day in days]
    return ngettext("Day %(days)s", "Days %(days)s", len(days)) % {"days": _listed(told)}


def _ordinal(number):
    names = {
        0: _("Every"),
        1: _("First"),
        2: _("Second"),
        3: _("Third"),
        4: _("Fourth"),
        5: _("Fifth"),
        -1: _("Last"),
        -2: _("Second-to-last"),
    }
    return names.get(number) or _("Number %(number)d") % {"number": number}


def _listed(names):
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _day(day):
    return date_format(day, "DATE_FORMAT")
