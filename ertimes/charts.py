"""Where things stand on the charts of waits: from instants and waits to the units of a picture.

A chart is WIDTH by HEIGHT units; all places are whole units, so that no language writes a comma into them.
Templates draw; nothing here asks the database or knows colours.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .full_hours import HOUR, full_hour_from

WIDTH, HEIGHT = 720, 340
LEFT, RIGHT, TOP, BOTTOM = 64, 708, 44, 290  # the field in which the waits stand
DAY_LABEL = 150  # units that the name of a day needs
MINUTE = timedelta(minutes=1)
STEPS = [timedelta(minutes=minutes) for minutes in (5, 10, 15, 20, 30, 60, 120, 180, 240, 360)]
MOST_STEPS = 4
MOST_POINTS = 300


@dataclass(frozen=True)
class Tick:
    """A line across the field, or a name beside it, at `place`. `anchor` is SVG's text-anchor of the name."""

    place: int
    label: str = ""
    anchor: str = "middle"


@dataclass(frozen=True)
class WaitAxis:
    """How high a wait stands: from nothing at the BOTTOM to `top` (timedelta) at the TOP."""

    top: timedelta
    step: timedelta

    @property
    def in_hours(self):
        """Return whether the ticks are told in hours; else in minutes."""
        return self.step >= HOUR

    @property
    def ticks(self):
        unit = HOUR if self.in_hours else MINUTE
        waits = [self.step * place for place in range(round(self.top / self.step) + 1)]
        return [Tick(self.y(wait), str(wait // unit)) for wait in waits]

    def y(self, wait):
        return round(BOTTOM - (BOTTOM - TOP) * (wait / self.top))


def wait_axis(longest):
    """Return the WaitAxis on which waits up to `longest` (timedelta, at most 24 hours) have room."""
    step = next((step for step in STEPS if longest <= step * MOST_STEPS), STEPS[-1])
    steps = max(2, -(-longest // step))
    return WaitAxis(step * steps, step)


@dataclass(frozen=True)
class TimeAxis:
    """Where an instant from `start` to `end` stands from LEFT to RIGHT; equal lengths for equal times."""

    start: object
    end: object
    zone: object

    def x(self, at):
        return round(LEFT + (RIGHT - LEFT) * ((at - self.start) / (self.end - self.start)))

    @property
    def hours(self):
        """Return the full hours from `start` to `end` in `zone`: an hour that comes twice stands there twice."""
        hour = full_hour_from(self.start)
        hours = []
        while hour <= self.end:
            hours.append(hour.astimezone(self.zone))
            hour += HOUR
        return hours

    @property
    def ticks(self):
        """Return a Tick for each quarter of the day on the hospital's clock."""
        return [hour_tick(self.x(hour), hour) for hour in self.hours if hour.hour % 6 == 0]

    @property
    def midnights(self):
        return [hour for hour in self.hours if hour.hour == 0]

    @property
    def days(self):
        """Return the names of the days, each a Tick where the day has room for it."""
        midnights = self.midnights
        today = self.end.astimezone(self.zone).date()
        names = {today: _("Today"), today - timedelta(days=1): _("Yesterday")}
        edges = [self.x(midnight) for midnight in midnights]
        found = []
        if midnights and edges[0] - LEFT >= DAY_LABEL:
            before = midnights[0].date() - timedelta(days=1)
            found.append(Tick(edges[0] - 10, names.get(before, ""), "end"))
        for midnight, begins, ends in zip(midnights, edges, [*edges[1:], RIGHT], strict=True):
            if ends - begins >= DAY_LABEL:
                found.append(Tick(begins + 10, names.get(midnight.date(), ""), "start"))
        return found


def hour_tick(place, hour):
    """Return the Tick of an hour on the clock, its name kept inside the picture."""
    anchor = "start" if place < LEFT else "end" if place > RIGHT - 40 else "middle"
    return Tick(place, date_format(hour, pgettext("an hour beside a chart, such as 6 PM", "g A")), anchor)


def thinned(segments, most=MOST_POINTS):
    """Return `segments`, lists of (x, wait), with at most `most` points in all, and every peak still there.

    Of the points that share a narrow strip of the picture the lowest and the highest stay, and the very first
    and last.
    """
    if sum(len(segment) for segment in segments) <= most:
        return segments
    strips = most // 2 - 1
    width = (RIGHT - LEFT + 1) / strips
    lowest, highest = {}, {}
    points = [(place, point) for place, segment in enumerate(segments) for point in enumerate(segment)]
    for place, (order, (x, wait)) in points:
        strip = int((x - LEFT) / width)
        if strip not in lowest or wait < lowest[strip][0]:
            lowest[strip] = (wait, place, order)
        if strip not in highest or wait > highest[strip][0]:
            highest[strip] = (wait, place, order)
    kept = {(place, order) for _wait, place, order in [*lowest.values(), *highest.values()]}
    kept |= {(points[0][0], points[0][1][0]), (points[-1][0], points[-1][1][0])}
    left = [
        [point for order, point in enumerate(segment) if (place, order) in kept]
        for place, segment in enumerate(segments)
    ]
    return [segment for segment in left if segment]
