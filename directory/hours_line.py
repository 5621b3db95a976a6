"""Opening hours written as one line, as people write them: "Mon-Fri 8 AM-4:30 PM; holidays closed; by appointment".

A telephone number, or a service at one place, has its hours in such a line; what it means is an Hours of opening.py.
Parts stand between semicolons:

    Mon-Fri 8 AM-4:30 PM, 6 PM-8 PM     weekdays, alone or from … to …, several with commas; "daily", "weekdays"
    Sat 24 hours                        from midnight to midnight
    Sun closed                          as if it were left out
    holidays closed                     the days of the table Holiday; with times too
    2026-12-24 8 AM-noon (Christmas Eve)   one date, or 12/24/2026; its name may be left out
    by appointment
"""

import re
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .opening import ALL_DAY, Hours, Interval, SpecialDay, first_overlap

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DASH = r"\s*(?:-|–|—|\bto\b|\bthrough\b|\bthru\b)\s*"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?"
_DAYS = re.compile(rf"{_DAY}(?:{_DASH}{_DAY})?(?:\s*(?:,|&|\band\b)\s*{_DAY}(?:{_DASH}{_DAY})?)*", re.IGNORECASE)
_NAMED_DAYS = re.compile(r"daily|every\s+day|weekdays|weekends?", re.IGNORECASE)
_NAMED = {"daily": range(7), "every day": range(7), "weekdays": range(5), "weekend": (5, 6), "weekends": (5, 6)}
_HOLIDAYS = re.compile(r"(?:on\s+)?holidays?|PH", re.IGNORECASE)
_DATE = re.compile(r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})|(?P<us>\d{1,2}/\d{1,2}/\d{4})")
_NAME = re.compile(r"\(([^()]*)\)\s*$")
_CLOSED = re.compile(r"closed|off", re.IGNORECASE)
_WHOLE_DAY = re.compile(r"24\s*(?:hours|hrs|h)(?:\s+a\s+day)?|24/7|around the clock", re.IGNORECASE)
_TIME = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?\s*(?P<half>[ap])?\.?(?:m\.?)?", re.IGNORECASE)
_APPOINTMENT = re.compile(r"(?:only\s+)?by\s+appointment(?:\s+only)?", re.IGNORECASE)
LONGEST = 300


@dataclass(frozen=True)
class HoursLine:
    """What a line says. `holidays` are the Intervals of a holiday, () closed, None where nobody has said.

    `weekly` and `special` are those of Hours. str() is the line as it is kept.
    """

    weekly: dict = field(default_factory=dict)
    special: dict = field(default_factory=dict)
    holidays: tuple | None = None
    by_appointment: bool = False

    def hours(self, holidays=()):
        """Return the Hours; `holidays` are (date, name) of the days that count as such. A date of its own wins."""
        if self.holidays is None:
            return Hours(self.weekly, self.special)
        return Hours(self.weekly, {day: SpecialDay(name, self.holidays) for day, name in holidays} | self.special)

    def __str__(self):
        parts = [f"{_days_written(days)} {_written(intervals)}" for days, intervals in grouped(self.weekly)]
        parts += [f"holidays {_written(self.holidays)}"] if self.holidays is not None else []
        for day, special in sorted(self.special.items()):
            name = f" ({special.name})" if special.name else ""
            parts.append(f"{day.isoformat()} {_written(special.intervals)}{name}")
        return "; ".join([*parts, *(["by appointment"] if self.by_appointment else [])])


@lru_cache(maxsize=4096)  # a page of the phone list reads the same few lines again and again
def parse(text):
    """Return the HoursLine of `text`; an empty one for "". Raises ValidationError that names the part and its fault."""
    weekly, special, holidays, by_appointment = {}, {}, None, False
    for part in (part.strip() for part in re.split(r"[;\n]", text)):
        if not part:
            continue
        if _APPOINTMENT.fullmatch(part):
            by_appointment = True
        elif match := _DATE.match(part):
            day, (rest, name) = _date_of(match, part), _without_name(part[match.end() :])
            special[day] = SpecialDay(name, _intervals(rest, part))
        elif match := _HOLIDAYS.match(part):
            holidays = _intervals(part[match.end() :], part)
        else:
            days, rest = _days_of(part)
            for weekday in days:
                intervals = _intervals(rest, part)
                if intervals:
                    weekly[weekday] = tuple(sorted({*weekly.get(weekday, ()), *intervals}))
    _refuse_overlaps(weekly, special, holidays)
    return HoursLine(weekly, special, holidays, by_appointment)


def grouped(weekly):
    """Return [(weekdays, intervals)] of days with equal hours, in the order of their first day."""
    groups = {}
    for weekday in sorted(weekly):
        groups.setdefault(weekly[weekday], []).append(weekday)
    return [(days, intervals) for intervals, days in groups.items()]


def runs(days):
    """Return the sorted `days` (weekdays) as [(first, last)] of days in a row."""
    found = []
    for day in days:
        if found and found[-1][1] == day - 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _refused(sentence, part):
    return ValidationError(sentence % {"part": part}, code="hours")


def _days_of(part):
    if match := _NAMED_DAYS.match(part):
        return _NAMED[" ".join(match.group().lower().split())], part[match.end() :]
    if not (match := _DAYS.match(part)):
        if part[:1].isdigit() or _WHOLE_DAY.match(part):
            return range(7), part
        raise _refused(_("“%(part)s”: write the days first, such as Mon-Fri 8 AM-4:30 PM."), part)
    days = []
    for each in re.split(r",|&|\band\b", match.group(), flags=re.IGNORECASE):
        ends = [_weekday(word) for word in re.split(_DASH, each.strip(), flags=re.IGNORECASE)]
        first, last = ends[0], ends[-1]
        days += range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
    return days, part[match.end() :]


def _weekday(word):
    return [day.lower() for day in DAYS].index(word[:3].lower())


def _date_of(match, part):
    try:
        if match["iso"]:
            return date(*map(int, match["iso"].split("-")))
        month, day, year = map(int, match["us"].split("/"))
        return date(year, month, day)
    except ValueError:
        raise _refused(_("“%(part)s”: there is no such date."), part) from None


def _without_name(rest):
    match = _NAME.search(rest)
    return (rest[: match.start()], match[1].strip()) if match else (rest, "")


def _intervals(text, part):
    """Return the sorted Intervals that `text` says, () for closed."""
    text = text.strip(" :,")
    if _CLOSED.fullmatch(text):
        return ()
    if _WHOLE_DAY.fullmatch(text):
        return (ALL_DAY,)
    found = [_interval(each, part) for each in re.split(r",|&|\band\b", text, flags=re.IGNORECASE)]
    return tuple(sorted(found))


def _interval(text, part):
    ends = re.split(_DASH, text.strip(), flags=re.IGNORECASE)
    if len(ends) != 2:
        raise _refused(_("“%(part)s”: write from when to when, such as 8 AM-4:30 PM, or closed."), part)
    opens, closes = (_time(end, part) for end in ends)
    if opens == closes:
        raise _refused(_("“%(part)s”: it would close as it opens. For a whole day write 24 hours."), part)
    return Interval(opens, closes)


def _time(text, part):
    text = text.strip().lower()
    if text in ("noon", "midnight"):
        return time(12 if text == "noon" else 0)
    match = _TIME.fullmatch(text)
    if not match:
        raise _refused(_("“%(part)s”: a time is written 8 AM, 4:30 PM, noon or 16:30."), part)
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if half is None and match["minute"] is None and hour != 0:
        raise _refused(_("“%(part)s”: say AM or PM."), part)
    if (half and not 1 <= hour <= 12) or hour > 24 or minute > 59 or (hour == 24 and minute):
        raise _refused(_("“%(part)s”: there is no such time of day."), part)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour % 24, minute)


def _refuse_overlaps(weekly, special, holidays):
    week = [(day, interval) for day, intervals in weekly.items() for interval in intervals]
    single = [(0, interval) for interval in holidays or ()]
    days = [[(day.toordinal(), interval) for interval in each.intervals] for day, each in special.items()]
    if first_overlap(week, every=7) or any(first_overlap(each) for each in [single, *days]):
        raise ValidationError(_("Two of these times overlap. Change or remove one of them."), code="hours")


def _days_written(days):
    return ", ".join(DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}" for first, last in runs(days))


def _written(intervals):
    if not intervals:
        return "closed"
    return ", ".join(
        "24 hours" if each.all_day else f"{_clock(each.opens)}-{_clock(each.closes)}" for each in intervals
    )


def _clock(at):
    if at in (time(12), time()):
        return "noon" if at == time(12) else "midnight"
    minute = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minute} {'AM' if at.hour < 12 else 'PM'}"
