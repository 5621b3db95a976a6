"""When a place is open: what its weekly hours and special days say of an instant.

Hours are naive local times, as they stand on the door; the hospital's zone is attached to them here. Instants go
in and come out aware; those that come out are in UTC, where two can be compared on a night of a clock change.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import combinations

from django.utils import timezone

from publishing.local_time import clocks_reach, day_after, local_midnight

HORIZON = timedelta(days=14)  # what lies beyond is told as if nobody knew it


@dataclass(frozen=True, order=True)
class Interval:
    """Open from `opens` to `closes`, two naive times. A `closes` that is not after `opens` is of the next day."""

    opens: time
    closes: time

    @property
    def all_day(self):
        """Return whether it lasts from midnight to midnight."""
        return self.opens == self.closes == time()

    def span(self, day):
        """Return (begin, end), in UTC and the end exclusive, of the interval that begins on `day` (date)."""
        last_day = day if self.closes > self.opens else day_after(day)
        return clocks_reach(day, self.opens).astimezone(UTC), clocks_reach(last_day, self.closes).astimezone(UTC)


ALL_DAY = Interval(time(), time())


@dataclass(frozen=True)
class SpecialDay:
    """What counts on one day in place of its weekday's hours. Without `intervals` it is closed."""

    name: str
    intervals: tuple = ()


@dataclass(frozen=True)
class Hours:
    """The hours of one place.

    `weekly` is a dict of tuples of Interval by weekday, Monday 0: a weekday that is not in it is closed, and
    where it is empty nobody has said anything of usual days. `special` is a dict of SpecialDay by date.
    """

    weekly: dict = field(default_factory=dict)
    special: dict = field(default_factory=dict)

    def on(self, day):
        """Return the Intervals that begin on `day` (date), () where it is closed, None where nobody has said."""
        if day in self.special:
            return self.special[day].intervals
        return self.weekly.get(day.weekday(), ()) if self.weekly else None


@dataclass(frozen=True)
class OpenState:
    """Whether a place is open at an instant.

    `is_open` is None where no hours are known. `until` is when it closes, `opens_next` when a closed one opens
    (both UTC); None where that is more than `HORIZON` away, and a place that never closes is open until None.
    `today_is` is the name of the special day that it is, or "". `holds_until` is when all this may be otherwise.
    """

    is_open: bool | None
    until: datetime | None
    opens_next: datetime | None
    today_is: str
    holds_until: datetime


def open_state(hours, at):
    """Return the OpenState at `at` (aware datetime) of a place with `hours`, an Hours.

    The hours after midnight of a night shift are those of the day on which it began, whatever day has come.
    """
    today = local_day(at)
    begin, end = next(((begin, end) for begin, end in _spans(hours, today) if at < end), (None, None))
    until = opens_next = is_open = None
    if begin is not None and begin <= at:
        is_open, until = True, _within_horizon(end, at)
    elif hours.on(today) is not None:
        is_open, opens_next = False, _within_horizon(begin, at)
    return OpenState(
        is_open,
        until,
        opens_next,
        today_is=hours.special[today].name if today in hours.special else "",
        holds_until=min(instant for instant in (end_of_day(at), until, opens_next) if instant),
    )


def local_day(at):
    """Return the date that the hospital's calendar shows at `at`, an aware datetime."""
    return timezone.localdate(at, timezone.get_default_timezone())


def end_of_day(at):
    """Return the next midnight at the hospital after `at`, in UTC: from then on "today" is another day."""
    return local_midnight(day_after(local_day(at))).astimezone(UTC)


def first_overlap(intervals, *, every=None):
    """Return the first two of `intervals` that overlap, past midnight too, or None.

    Each is (number of the day, Interval). `every` is after how many days they come again: 7 for weekdays.
    """
    shifts = (0,) if every is None else (-every, 0, every)
    for one, other in combinations(sorted(intervals), 2):
        begin, end = _stretch(*one)
        for shift in shifts:
            other_begin, other_end = _stretch(other[0] + shift, other[1])
            if begin < other_end and other_begin < end:
                return one, other
    return None


def _stretch(day, interval):
    """Return (begin, end) of `interval` on the `day`th day as timedeltas from the beginning of day 0."""
    begin, end = (
        timedelta(days=day, hours=at.hour, minutes=at.minute, seconds=at.second)
        for at in (interval.opens, interval.closes)
    )
    return begin, end if end > begin else end + timedelta(days=1)


def _spans(hours, today):
    """Yield when the place is open from yesterday's shift to beyond the horizon: (begin, end), joined and in order.

    Day by day, since whoever asks has mostly heard enough after two of them.
    """
    begin = end = None
    for number in range(-1, HORIZON.days + 2):
        day = today + timedelta(days=number)
        for next_begin, next_end in sorted(interval.span(day) for interval in hours.on(day) or ()):
            if next_begin >= next_end:
                continue  # it lies in the hour that the clocks skip
            if end is not None and next_begin <= end:
                end = max(end, next_end)
                continue
            if end is not None:
                yield begin, end
            begin, end = next_begin, next_end
    if end is not None:
        yield begin, end


def _within_horizon(instant, at):
    return instant if instant and instant <= at + HORIZON else None
