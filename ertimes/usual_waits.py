"""The chart of the usual wait by hour on one day of the week."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from .charts import LEFT, MINUTE, RIGHT, WaitAxis, hour_tick, wait_axis

WEEKS = 8
FEWEST_WEEKS = 3  # of WEEKS: with fewer nothing is called usual
BAR = 0.66  # of the room that an hour has


@dataclass(frozen=True)
class UsualHour:
    """One hour of the clock on that day of the week.

    `usual`, `shortest` and `longest` are timedeltas, None where fewer than FEWEST_WEEKS of the weeks tell of it.
    """

    starts_at: time
    weeks: int
    readings: int
    usual: timedelta | None
    shortest: timedelta | None
    longest: timedelta | None
    is_now: bool

    @property
    def minutes(self):
        """Return [usual, shortest, longest] in whole minutes; None where nothing is called usual."""
        if self.usual is None:
            return None
        return [wait // MINUTE for wait in (self.usual, self.shortest, self.longest)]


@dataclass(frozen=True)
class Bar:
    """The usual wait from the bottom up to `y`, and above its `middle` the range from `shortest` to `longest`."""

    x: int
    width: int
    middle: int
    y: int
    height: int
    shortest: int
    longest: int


@dataclass(frozen=True)
class Now:
    """The strip of this hour from top to bottom, and its name above it; `anchor` is SVG's text-anchor."""

    x: int
    width: int
    middle: int
    anchor: str


@dataclass(frozen=True)
class UsualWaits:
    """What the template draws. `day` is an instant of the day of the week that is told of."""

    day: datetime
    hours: list  # of 24 UsualHour
    readings: int
    waits: WaitAxis
    bars: list  # of Bar
    ticks: list  # of Tick
    now: Now


def usual_waits_of(rows, at, zone):
    """Return the UsualWaits for the day of the week on which `at` (aware) falls in `zone`; None without any bar.

    `rows` are the HourlyWait of that day of the week in the weeks before. An hour that comes twice counts as one
    hour of its week, a skipped one is missing in it.
    """
    now = at.astimezone(zone)
    by_hour = {hour: [] for hour in range(24)}
    for row in rows:
        by_hour[row.hour.astimezone(zone).hour].append(row)
    hours = [_usual_hour(hour, found, zone, hour == now.hour) for hour, found in by_hour.items()]
    told = [hour for hour in hours if hour.usual is not None]
    if not told:
        return None
    waits = wait_axis(max(hour.longest for hour in told))
    return UsualWaits(
        now,
        hours,
        sum(hour.readings for hour in told),
        waits,
        [_bar(hour, waits) for hour in told],
        [hour_tick(_room(hour)[0], datetime.combine(now, time(hour))) for hour in (0, 6, 12, 18)],
        _now(now.hour),
    )


def usual_wait(rows):
    """Return the mean wait of `rows`, HourlyWait of the same hour of the week, a timedelta.

    Where all tell over how many patients they measured, a week counts by those: the mean of patients and not of
    weeks. That number is taken by reading, since a feed that reports more often does not see more patients.
    Where one does not tell, each reading counts alike.
    """
    if all(row.patients for row in rows):
        weights = [row.patients / row.readings for row in rows]
    else:
        weights = [row.readings for row in rows]
    means = [row.total / row.readings for row in rows]
    return sum((mean * weight for mean, weight in zip(means, weights, strict=True)), timedelta()) / sum(weights)


def _usual_hour(hour, rows, zone, is_now):
    weeks = len({row.hour.astimezone(zone).date() for row in rows})
    readings = sum(row.readings for row in rows)
    if weeks < FEWEST_WEEKS:
        return UsualHour(time(hour), weeks, readings, None, None, None, is_now)
    shortest, longest = min(row.shortest for row in rows), max(row.longest for row in rows)
    return UsualHour(time(hour), weeks, readings, usual_wait(rows), shortest, longest, is_now)


def _room(hour):
    """Return (middle, width) of the room that an hour of the day has."""
    width = (RIGHT - LEFT) / 24
    return round(LEFT + width * (hour + 0.5)), round(width)


def _bar(hour, waits):
    middle, room = _room(hour.starts_at.hour)
    width = round(room * BAR)
    y, bottom = waits.y(hour.usual), waits.y(timedelta())
    return Bar(
        middle - width // 2,
        width,
        middle,
        y,
        bottom - y,
        waits.y(hour.shortest),
        waits.y(hour.longest),
    )


def _now(hour):
    middle, width = _room(hour)
    anchor = "start" if hour < 2 else "end" if hour > 21 else "middle"
    return Now(middle - width // 2, width, middle, anchor)
