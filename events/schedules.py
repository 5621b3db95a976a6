"""The parts of a series: the event's own days until a SeriesChange begins, then that one's, until the next."""

from dataclasses import dataclass, replace
from datetime import time

from .models import Event, SeriesChange
from .recurrence import Recurrence


@dataclass(frozen=True)
class Schedule:
    """The days of one part, and its hours by the event's clock.

    `change` is the SeriesChange that it goes by, None for the event itself. `end_time` is None where nobody has said,
    both times are for whole days.
    """

    change: SeriesChange | None
    recurrence: Recurrence
    start_time: time | None
    end_time: time | None


def schedules_of(event):
    """Return the Schedules of a dated `event`, in their order; each ends where the next one begins."""
    changes = list(event.changes.all())
    parts = [(None, event.recurrence), *((change, change.recurrence) for change in changes)]
    ends = [*(change.from_day for change in changes), None]
    return [
        Schedule(change, replace(recurrence, before_day=before), *hours_of(event, change))
        for (change, recurrence), before in zip(parts, ends, strict=True)
    ]


def hours_of(event, change):
    """Return (start, end) by which the dates go that `change`, a SeriesChange or None, names. None as in Schedule."""
    if event.timing == Event.Timing.ALL_DAY:
        return None, None
    if change is None:
        return event.start_time, event.end_time
    return change.start_time or event.start_time, change.end_time
