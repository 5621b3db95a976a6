"""What the coordinator does with dates: visitors see it at once, whatever draft of the event's page waits.

Each act locks the event and then its dates, goes into the log, lets calendars notice (`sequence`), and tells those
registered where `message` is no None: a text, "" for the mail's own words alone. It raises ChangedMeanwhileError
where the dates are no longer as the coordinator saw them, and ValidationError for what cannot be.
"""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publishing import audit, drafting

from . import telling
from .dates import fit, write_dates
from .models import DateStatus, Event, EventDate, Registration, RegistrationMail
from .waiting import offer_anew

Kind = RegistrationMail.Kind


class ChangedMeanwhileError(Exception):
    """Another has changed the dates since the form was opened."""


def mark_of(dates):
    """Return a text that is another one as soon as anything of `dates` (EventDates) is that an act changes."""
    seen = "\n".join(
        "|".join(
            str(value)
            for value in (
                *(date.pk, date.sequence, date.status, date.status_note, date.starts_at.timestamp()),
                *(date.ends_at.timestamp(), date.location_id, date.place, date.seats, date.in_series),
            )
        )
        for date in sorted(dates, key=lambda date: date.pk)
    )
    return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@transaction.atomic
def set_status(dates, *, status, note, message, user, seen):
    """Say what has become of `dates`, EventDates of one event; return how many people are told.

    `note` is the sentence that the pages show. It is emptied for dates that take place as planned.
    """
    event, dates = _locked(dates, seen)
    if DateStatus(status).takes_place and any(date.is_over(timezone.now()) for date in dates):
        raise ValidationError({"status": _("Its day is past. Give it another day: then it takes place again.")})
    for date in dates:
        was_off = not date.takes_place
        date.status = status
        date.status_note = "" if status == DateStatus.ON else note
        _keep(date)
        if was_off and date.takes_place:
            offer_anew(date, timezone.now())
    told = f"{DateStatus(status).label}: {date_format(dates[0].first_day, 'Y-m-d')}"
    if len(dates) > 1:
        told += f" and {len(dates) - 1} more"
    audit.record(audit.Action.STATUS_SET, user=user, thing=event, details=f"{told}. {note}" if note else told)
    return _finish(event, dates, Kind.DATE_CANCELLED if status == DateStatus.CANCELLED else Kind.DATE_CHANGED, message)


@transaction.atomic
def change(date, *, day, start_time, end_time, where, seats, message, user, seen):
    """Let one date be on another `day`, at other hours or in another place; return how many people are told.

    `where` is (Location or None, room or address). What is as the series has it is stored as such, so that it goes
    along when the series changes. `seats` None is as many as the event says. A postponed date is on again when it
    gets another day.
    """
    event, (date,) = _locked([date], seen)
    if event.timing not in Event.DATED:
        raise ValidationError(_("The event has no day any more, so this date cannot get another one."))
    before = _told(date)
    former_start = date.starts_at
    _move(date, day, start_time, end_time)
    date.location, date.place = None, ""
    if date.where != where:
        date.location, date.place = where
    date.seats = None if seats == event.seats else seats
    is_on_again = date.status == DateStatus.POSTPONED and date.starts_at != former_start
    if is_on_again:
        date.status, date.status_note = DateStatus.ON, ""
    _refuse_impossible(event, date)
    _keep(date)
    if is_on_again:
        offer_anew(date, timezone.now())
    audit.record(audit.Action.DATE_CHANGED, user=user, thing=event, details=f"{before} → {_told(date)}")
    return _finish(event, [date], Kind.DATE_CHANGED, message)


@transaction.atomic
def move_people(date, to, *, message, user, seen):
    """Let everybody registered for `date` be registered for the date `to` instead; return how many are told.

    `date` is deleted where the series no longer names it. Whether there are seats is for the coordinator to judge.
    """
    event, dates = _locked([date, to], seen)
    source, target = (next(row for row in dates if row.pk == one.pk) for one in (date, to))
    if not target.takes_place or target.is_over(timezone.now()):
        raise ValidationError(_("Choose a date that takes place and is still to come."))
    moved = source.registrations.exclude(state=Registration.State.CANCELLED)
    keys = list(moved.values_list("pk", flat=True))
    Registration.objects.filter(pk__in=keys).update(date=target, changed_at=timezone.now())
    source.registrations.update(date=target)  # those who had cancelled: nothing is left behind
    if not source.takes_place:
        offer_anew(target, timezone.now(), only=keys)
    _keep(target)
    details = f"{len(keys)} registrations: {_told(source)} → {_told(target)}"
    audit.record(audit.Action.PEOPLE_MOVED, user=user, thing=event, details=details)
    return _finish(event, [target], Kind.DATE_CHANGED, message, only=keys)


@transaction.atomic
def change_from(change, *, message, user, seen, dates):
    """Let the series go on as `change`, a SeriesChange that is not stored yet, says; return how many are told.

    `dates` are the EventDates from its day on, as the coordinator saw them. What is already changed from that day
    on is replaced. Told are those whose date is no longer where or when it was.
    """
    event, stored = _locked(dates, seen)
    before = {date.pk: (date.starts_at, date.ends_at, date.in_series, date.where) for date in stored}
    event.changes.filter(from_day__gte=change.from_day).delete()
    change.pk, change.event = None, event
    change.save(force_insert=True)
    return _after_series(event, change, before, message, user, "From {day} on: ")


@transaction.atomic
def take_back(change, *, message, user, seen, dates):
    """Let the series go on as it did before `change`, a stored SeriesChange; return how many people are told."""
    event, stored = _locked(dates, seen)
    before = {date.pk: (date.starts_at, date.ends_at, date.in_series, date.where) for date in stored}
    change = event.changes.filter(pk=change.pk).first()
    if change is None:
        raise ChangedMeanwhileError
    change.delete()
    return _after_series(event, change, before, message, user, "Taken back, from {day} on: ")


def _after_series(event, change, before, message, user, words):
    write_dates(event)
    rows = EventDate.objects.filter(event=event, pk__in=before).select_related("event", "change__location", "location")
    other = [d for d in rows if before[d.pk] != (d.starts_at, d.ends_at, d.in_series, d.where)]
    for date in other:
        _keep(date)
    told = words.format(day=change.from_day) + (change.rule or "no rule")
    audit.record(audit.Action.SERIES_CHANGED, user=user, thing=event, details=told)
    return _finish(event, other, Kind.DATE_CHANGED, message)


def _locked(dates, seen):
    """Return (Event, its EventDates) as they are stored, locked: first the event, then the dates by their keys."""
    keys = [date.pk for date in dates]
    try:
        event = drafting.locked(Event(pk=dates[0].event_id))
    except Event.DoesNotExist as error:
        raise ChangedMeanwhileError from error
    rows = EventDate.objects.select_for_update(no_key=True, of=("self",)).select_related("location", "change__location")
    stored = list(rows.filter(event=event, pk__in=keys).order_by("pk"))
    if len(stored) != len(set(keys)) or mark_of(stored) != seen:
        raise ChangedMeanwhileError
    for date in stored:
        date.event = event
    return event, stored


def _move(date, day, start_time, end_time):
    """Set what the date has otherwise than its series; the hours of the series are those without a move."""
    starts_at, ends_at = date.event.span_on(day, start_time, end_time)
    if ends_at <= starts_at:
        raise ValidationError({"end_time": _("The event would end before it begins.")})
    date.moved_to = date.moved_start = date.moved_end = None
    fit(date)
    planned = date.first_day, date.start_time, date.end_time
    if end_time is None and planned[2] is not None:
        raise ValidationError({"end_time": _("Say when it ends: the event has an end on its other dates.")})
    date.moved_to = None if day == planned[0] else day
    date.moved_start = None if start_time == planned[1] else start_time
    date.moved_end = None if end_time == planned[2] else end_time
    fit(date)


def _refuse_impossible(event, date):
    if date.is_over(timezone.now()):
        raise ValidationError({"day": _("This time is past. Choose a later one.")})
    if event.dates.exclude(pk=date.pk).filter(starts_at=date.starts_at).exists():
        raise ValidationError({"day": _("The event has another date at this very time already.")})


def _keep(date):
    date.sequence += 1
    date.save()


def _finish(event, dates, kind, message, *, only=None):
    """Write what follows from the act and tell people; return how many."""
    write_dates(event)
    Event.objects.filter(pk=event.pk).update(sequence=F("sequence") + 1)
    if message is None or not dates:
        return 0
    return telling.tell_registered(dates, kind, message=message, occasion=timezone.now().isoformat(), only=only)


def _told(date):
    location, place = date.where
    at = f" {date.start_time:%H:%M}" if date.start_time else ""
    end = f"–{date.end_time:%H:%M}" if date.end_time else ""
    where = ", ".join(filter(None, (str(location or ""), place)))
    return f"{date.first_day:%Y-%m-%d}{at}{end}{f' ({where})' if where else ''}"
