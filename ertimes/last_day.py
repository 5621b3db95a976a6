"""The chart of the last 24 hours: what the board showed, and where it showed nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from .charts import MINUTE, TimeAxis, WaitAxis, thinned, wait_axis
from .full_hours import HOUR, full_hour

DAY = timedelta(hours=24)


@dataclass(frozen=True)
class HourOfDay:
    """What was shown in one hour of the clock; waits in whole minutes, None where nothing was reported."""

    starts_at: datetime  # in the hospital's zone
    readings: int
    shortest: int | None = None
    average: int | None = None
    longest: int | None = None


@dataclass(frozen=True)
class LastDay:
    """What the template draws.

    `lines` are the "x,y x,y" of SVG, one for each stretch without a gap; `dots` (x, y) are readings that stand
    alone. With `names_zone` the clock was changed in this time, so an hour needs the name of its zone.
    """

    times: TimeAxis
    waits: WaitAxis
    lines: list
    dots: list
    midnights: list  # their x
    hours: list  # of HourOfDay
    readings: int
    gaps: int
    names_zone: bool
    shortest: int
    longest: int


def last_day_of(timeline, at, zone):
    """Return the LastDay up to `at` (aware), None where nothing was shown in it.

    `timeline` is what `what_was_shown` returned. The line ends with the full minute after `at`, so that a page
    made again in the same minute is the same page. A gap is where the board had no number: nothing is drawn
    across it.
    """
    end = at if at == _full_minute(at) else _full_minute(at) + MINUTE
    times = TimeAxis(end - DAY, end, zone)
    shown = [piece for piece in timeline if times.start <= piece.starts_at <= at and piece.door_to_provider is not None]
    if not shown:
        return None
    told = [piece.door_to_provider for piece in shown]
    waits = wait_axis(max(told))
    stretches = _stretches(shown)
    segments = thinned(
        [[(times.x(piece.starts_at), piece.door_to_provider) for piece in stretch] for stretch in stretches]
    )
    places = [[(x, waits.y(wait)) for x, wait in segment] for segment in segments]
    return LastDay(
        times,
        waits,
        lines=[" ".join(f"{x},{y}" for x, y in segment) for segment in places if len(segment) > 1],
        dots=[segment[0] for segment in places if len(segment) == 1],
        midnights=[times.x(midnight) for midnight in times.midnights],
        hours=_hours(shown, times),
        readings=len(shown),
        gaps=len(stretches) - 1,
        names_zone=times.start.astimezone(zone).utcoffset() != times.end.astimezone(zone).utcoffset(),
        shortest=min(told) // MINUTE,
        longest=max(told) // MINUTE,
    )


def _stretches(shown):
    """Return `shown` cut where the board had no number in between."""
    stretches = [[shown[0]]]
    for piece, following in pairwise(shown):
        if piece.ends_at == following.starts_at:
            stretches[-1].append(following)
        else:
            stretches.append([following])
    return stretches


def _hours(shown, times):
    """Return the HourOfDay of each hour that the chart touches, in order."""
    waits = {}
    for piece in shown:
        waits.setdefault(full_hour(piece.starts_at), []).append(piece.door_to_provider)
    hour = full_hour(times.start)
    rows = []
    while hour < times.end or hour in waits:  # the last reading may be of the very end, a full hour
        local, in_hour = hour.astimezone(times.zone), waits.get(hour, [])
        if in_hour:
            average = sum(in_hour, timedelta()) / len(in_hour)
            facts = [wait // MINUTE for wait in (min(in_hour), average, max(in_hour))]
            rows.append(HourOfDay(local, len(in_hour), *facts))
        else:
            rows.append(HourOfDay(local, 0))
        hour += HOUR
    return rows


def _full_minute(at):
    return at.replace(second=0, microsecond=0)
