"""The dates of an event as rows: written after each save, and for series ahead, day by day.

What was is left alone. A date that people are registered for is never taken away: where the series no longer
names its day it stays, marked, until the coordinator has moved or cancelled it.
"""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from publishing.local_time import day_after

from .models import DateStatus, Event, EventDate, Registration
from .models.event import AHEAD
from .schedules import hours_of, schedules_of
from .waiting import offer_anew

logger = logging.getLogger(__name__)

PAST = timedelta(days=3 * 366)  # of a series that is entered only now, what was longer before its last date or today
DERIVED = [
    *("day", "change", "starts_at", "ends_at", "has_end", "in_series", "sequence", "changed_at", "on_day", "until_day"),
    *("moved_to", "moved_start", "moved_end", "status", "status_note"),
]


def planned_dates(event, begin, end):
    """Return {day: Schedule} of the dates of `event` in [begin, end), two dates; {} for one without a day."""
    if event.timing not in Event.DATED:
        return {}
    planned = {}
    for schedule in schedules_of(event):
        planned |= dict.fromkeys(schedule.recurrence.days(begin, end), schedule)
    return planned


@transaction.atomic
def write_dates(event):
    """Make the rows of the dates of `event` what it says, up to AHEAD; return the EventDates to come that are moved.

    Dates that are over stay as they were. The one date of an event that takes place once goes along with what is
    entered, and so do those registered for it; but who came to it last year is not registered for this year.
    """
    today = timezone.localdate()
    stored = {date.day: date for date in event.dates.select_for_update(of=("self",)).order_by("day")}
    planned = {}
    if event.first_day:
        begin = max(event.first_day, min(event.recurrence.ends_on or today, today) - PAST)
        planned = planned_dates(event, begin, max(event.first_day, today) + AHEAD)
    if not event.is_series and len(planned) == 1:
        stored = _with_its_new_day(stored, next(iter(planned)))
    is_new = not stored
    to_come = [date for date in stored.values() if not date.is_over()]
    changed, made, moved, on_again = [], [], [], []
    for day, plan in planned.items():
        date = stored.pop(day, None)
        if date is None and (is_new or day >= today or not event.is_series):
            made.append(_new_date(event, day, plan, to_come))
        elif date is not None and (not event.is_series or not date.is_over()):
            before, was_past = (date.starts_at, date.ends_at), date.is_past()
            renamed = date.day != day
            if renamed:
                date.day = day
                date.moved_to = date.moved_start = date.moved_end = None  # the event's form has the last word
                if date.status == DateStatus.POSTPONED:
                    date.status, date.status_note = DateStatus.ON, ""
                    on_again.append(date)
            if fit(date, plan) or renamed:
                date.sequence += 1
                changed.append(date)
                if before != (date.starts_at, date.ends_at) and not was_past:
                    moved.append(date)
    changed += _no_longer_planned(stored.values())
    EventDate.objects.bulk_create(made)
    for date in changed:
        date.changed_at = timezone.now()
    EventDate.objects.bulk_update(changed, DERIVED, batch_size=200)
    for date in on_again:
        offer_anew(date, timezone.now())
    _tell_event(event, noticed=bool(changed or (made and not is_new)))
    return moved


def _with_its_new_day(stored, day):
    """Return `stored`, {day: EventDate} of an event that takes place once, with the row that goes along under `day`."""
    along = [date for date in stored.values() if not date.is_past()]
    if not along and len(stored) == 1:
        along = [date for date in stored.values() if not date.registrations.exists()]
    if len(along) != 1 or day in stored:
        return stored
    return {key: date for key, date in stored.items() if date is not along[0]} | {day: along[0]}


def _new_date(event, day, plan, to_come):
    """Return a date that is not stored yet. Where every one of `to_come` is cancelled, so is what comes behind them."""
    date = EventDate(event=event, day=day, change=plan.change)
    if to_come and all(each.status == DateStatus.CANCELLED for each in to_come):
        date.status, date.status_note = DateStatus.CANCELLED, to_come[-1].status_note
    fit(date, plan)
    return date


def fit(date, plan=None):
    """Set what `date` derives from `plan`, or without one from its own day and hours; return whether it changed.

    What the coordinator has moved by hand stays moved. The row is not saved.
    """
    event = date.event
    if plan is None:
        plan = planned_dates(event, date.day, day_after(date.day)).get(date.day)
    before = _derived_of(date)
    if plan is not None:
        date.change, date.in_series = plan.change, True
    planned_start, planned_end = (plan.start_time, plan.end_time) if plan else hours_of(event, None)
    start, end = date.moved_start or planned_start, date.moved_end or planned_end
    if event.timing == Event.Timing.ALL_DAY:
        start = end = None
    date.has_end = end is not None
    date.starts_at, date.ends_at = event.span_on(date.moved_to or date.day, start, end)
    if date.ends_at <= date.starts_at:  # one of the two was moved by hand, and the series has changed around it
        planned = event.span_on(date.day, planned_start, planned_end)
        date.ends_at = date.starts_at + (planned[1] - planned[0])
    date.derive_days()
    return before != _derived_of(date)


def _derived_of(date):
    return (
        *(date.starts_at, date.ends_at, date.has_end, date.change_id, date.in_series),
        *(date.on_day, date.until_day),
    )


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
    """Write the dates that have come within AHEAD since yesterday, of all series. A daily job.

    One series that cannot be written is logged, and does not keep the others from it.
    """
    series = Event.objects.dated().filter(~Q(rule="") | Q(changes__isnull=False))
    for pk in series.order_by().values_list("pk", flat=True).distinct():
        try:
            with transaction.atomic():
                # Locked and read anew: somebody may have published another rule since.
                event = Event.objects.select_for_update(no_key=True).filter(pk=pk).first()
                if event is not None and event.timing in Event.DATED:
                    write_dates(event)
        except (DatabaseError, ValueError, ValidationError):
            logger.exception("The dates of event %s could not be written ahead.", pk)
