"""The dates of an event as rows: written after each save, and for series ahead, day by day.

What was is left alone. A date that people are registered for is never taken away: where the series no longer
names its day it stays, marked, until the coordinator has moved or cancelled it.
"""

from dataclasses import dataclass, replace
from datetime import time, timedelta

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from publishing.local_time import day_after

from .models import Event, EventDate, Registration, SeriesChange
from .models.event import AHEAD

PAST = timedelta(days=3 * 366)  # older dates of a series that is entered only now are not written
DERIVED = ["day", "change", "starts_at", "ends_at", "has_end", "in_series", "sequence", "changed_at"]


@dataclass(frozen=True)
class Planned:
    """One date as the series has it. `change` is the SeriesChange that it goes by, None for the event itself."""

    change: SeriesChange | None
    start_time: time | None
    end_time: time | None


def planned_dates(event, begin, end):
    """Return {day: Planned} of the dates of `event` in [begin, end), two dates; {} for one without a day."""
    if event.timing not in Event.DATED:
        return {}
    all_day = event.timing == Event.Timing.ALL_DAY
    changes = list(event.changes.all())
    bounds = [change.from_day for change in changes]
    planned = {}
    parts = [(event.recurrence, None, event), *((change.recurrence, change, change) for change in changes)]
    for (recurrence, change, hours), before in zip(parts, [*bounds, None], strict=True):
        part = replace(recurrence, before_day=before)
        times = (None, None) if all_day else (hours.start_time or event.start_time, hours.end_time)
        planned |= dict.fromkeys(part.days(begin, end), Planned(change, *times))
    return planned


@transaction.atomic
def write_dates(event):
    """Make the rows of the dates of `event` what it says, up to AHEAD; return the EventDates to come that are moved.

    Dates that are over stay as they were, but for an event that takes place once: its one date goes along with
    what is entered, and so do those registered for it.
    """
    today = timezone.localdate()
    stored = {date.day: date for date in event.dates.select_for_update(of=("self",)).order_by("day")}
    planned = {}
    if event.first_day:
        begin = max(event.first_day, today - PAST) if event.is_series else event.first_day
        planned = planned_dates(event, begin, max(event.first_day, today) + AHEAD)
    if len(stored) == 1 and len(planned) == 1 and not event.is_series:
        day, only = next(iter(planned)), next(iter(stored.values()))
        stored = {day: only}
    is_new = not stored
    changed, made, moved = [], [], []
    for day, plan in planned.items():
        date = stored.pop(day, None)
        if date is None and (is_new or day >= today or not event.is_series):
            date = EventDate(event=event, day=day, change=plan.change)
            fit(date, plan)
            made.append(date)
        elif date is not None and (not event.is_series or not date.is_over()):
            before, was_over = (date.starts_at, date.ends_at), date.is_over()
            if fit(date, plan) or date.day != day:
                date.day = day
                date.sequence += 1
                changed.append(date)
                if before != (date.starts_at, date.ends_at) and not was_over:
                    moved.append(date)
    changed += _no_longer_planned(stored.values())
    EventDate.objects.bulk_create(made)
    for date in changed:
        date.changed_at = timezone.now()
    EventDate.objects.bulk_update(changed, DERIVED, batch_size=200)
    _tell_event(event, noticed=bool(changed or (made and not is_new)))
    return moved


def fit(date, plan=None):
    """Set what `date` derives from `plan`, or without one from its own day and hours; return whether it changed.

    What the coordinator has moved by hand stays moved. The row is not saved.
    """
    event = date.event
    if plan is None:
        plan = planned_dates(event, date.day, day_after(date.day)).get(date.day)
    before = (date.starts_at, date.ends_at, date.has_end, date.change_id, date.in_series)
    if plan is not None:
        date.change, date.in_series = plan.change, True
    start = date.moved_start or (plan.start_time if plan else event.start_time)
    end = date.moved_end or (plan.end_time if plan else event.end_time)
    if event.timing == Event.Timing.ALL_DAY:
        start = end = None
    date.has_end = end is not None
    date.starts_at, date.ends_at = event.span_on(date.moved_to or date.day, start, end)
    return before != (date.starts_at, date.ends_at, date.has_end, date.change_id, date.in_series)


def _no_longer_planned(dates):
    """Delete what nobody is registered for; return those that stay and are marked only now."""
    dates = [date for date in dates if not date.is_over()]
    keys = [date.pk for date in dates]
    registered = set(Registration.objects.filter(date__in=keys).values_list("date", flat=True)) if keys else set()
    EventDate.objects.filter(pk__in=set(keys) - registered).delete()
    marked = [date for date in dates if date.pk in registered and date.in_series]
    for date in marked:
        date.in_series = False
        date.sequence += 1
    return marked


def _tell_event(event, *, noticed):
    """Keep what the event's own row says of its dates: when the last one ends, and that calendars must look again."""
    last = event.dates.aggregate(last=Max("ends_at"))["last"]
    values = {}
    if event.timing in Event.DATED and last is not None and last != event.ends_at and last > event.starts_at:
        values["ends_at"] = event.ends_at = last
    if noticed:
        values["sequence"] = F("sequence") + 1
    if values:
        Event.objects.filter(pk=event.pk).update(**values)


def write_dates_ahead():
    """Write the dates that have come within AHEAD since yesterday, of all series. A daily job."""
    for event in Event.objects.dated().filter(~Q(rule="") | Q(changes__isnull=False)).distinct().iterator():
        write_dates(event)
