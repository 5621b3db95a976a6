"""What the board showed in the past: the rule of `waits.py`, asked of a list of readings and not of one instant."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from .models import Source

LONGEST_SHOWN = timedelta(minutes=240)  # no department shows a reading longer; its constraint says so


@dataclass(frozen=True)
class Shown:
    """From `starts_at` until just before `ends_at` the board had `door_to_provider`.

    None is a word of staff that there is no number, which keeps the feed's off the board as well.
    """

    starts_at: datetime
    ends_at: datetime
    door_to_provider: timedelta | None


def what_was_shown(department, readings):
    """Return the Shown of `department` in the order of their times; they do not overlap.

    `readings` are Newest (see `waits.py`), accepted ones of both sources in any order. To have all that was
    shown from an instant on, give those of `LONGEST_SHOWN` before it as well. Where no Shown stands, the board
    had no number for want of a reading. Whether the department was closed is not kept, so it is not asked.
    """
    staff = _turns(department, [reading for reading in readings if reading.source == Source.STAFF])
    feed = _turns(department, [reading for reading in readings if reading.source == Source.FEED])
    if not staff:
        return feed
    return sorted([*staff, *_outside(feed, staff)], key=lambda shown: shown.starts_at)


def number_at(timeline, at):
    """Return the wait (timedelta) that stood on the board at `at`, None without one.

    `timeline` comes from `what_was_shown`.
    """
    place = bisect_right(timeline, at, key=lambda shown: shown.starts_at) - 1
    return timeline[place].door_to_provider if place >= 0 and at < timeline[place].ends_at else None


def _turns(department, readings):
    """Return the Shown of one source: each counts until it is over or a newer one comes."""
    readings = sorted(readings, key=lambda reading: reading.observed_at)
    ends = [reading.ends_at(department) for reading in readings]
    turns = [
        Shown(reading.observed_at, min(end, newer.observed_at), reading.door_to_provider)
        for (reading, newer), end in zip(pairwise(readings), ends, strict=False)
    ]
    if readings:
        turns.append(Shown(readings[-1].observed_at, ends[-1], readings[-1].door_to_provider))
    return turns


def _outside(feed, staff):
    """Return what of `feed` is left where none of `staff` counts; both in order."""
    left = []
    first = 0
    for shown in feed:
        while first < len(staff) and staff[first].ends_at <= shown.starts_at:
            first += 1
        starts_at = shown.starts_at
        for word in staff[first:]:
            if word.starts_at >= shown.ends_at:
                break
            if starts_at < word.starts_at:
                left.append(Shown(starts_at, word.starts_at, shown.door_to_provider))
            starts_at = max(starts_at, word.ends_at)
        if starts_at < shown.ends_at:
            left.append(Shown(starts_at, shown.ends_at, shown.door_to_provider))
    return left
