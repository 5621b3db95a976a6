"""Reminders two days and two hours before a date: each at most once, and for nobody who registered later than that.

None of what the public cannot read at that time. A whole day has no hour, and its reminder would come at 10 PM.
"""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef

from .mails import occasion_of
from .models import Event, EventDate, Registration, RegistrationMail

Kind = RegistrationMail.Kind

# How long before a date begins a reminder is due, and from when on it would come too late to be of use.
DUE = {
    Kind.DAYS_BEFORE: (timedelta(days=2), timedelta(days=1)),
    Kind.HOURS_BEFORE: (timedelta(hours=2), timedelta(minutes=10)),
}


def promise_reminders(at):
    """Store the reminders that are due at `at`, and return how many. A date that is moved has its own anew."""
    return sum(_promise(kind, before, too_late, at) for kind, (before, too_late) in DUE.items())


def _promise(kind, before, too_late, at):
    dates = EventDate.objects.filter(starts_at__lte=at + before, starts_at__gt=at + too_late)
    dates = dates.taking_place().filter(event__in=Event.objects.published(at))
    if kind == Kind.HOURS_BEFORE:
        dates = dates.exclude(event__timing=Event.Timing.ALL_DAY)
    promised = 0
    for date in dates.only("pk", "starts_at"):
        mails = RegistrationMail.objects.filter(registration=OuterRef("pk"))
        due = (
            Registration.objects.filter(
                date=date,
                state=Registration.State.CONFIRMED,
                created_at__lte=F("date__starts_at") - before,
            )
            .exclude(email="")
            .exclude(Exists(mails.filter(kind=Kind.CONFIRMED, made_at__gt=date.starts_at - before)))
            .exclude(Exists(mails.filter(kind=kind, occasion=occasion_of(date))))
        )
        rows = [
            RegistrationMail(registration_id=pk, kind=kind, occasion=occasion_of(date), due_at=at)
            for pk in due.values_list("pk", flat=True)
        ]
        RegistrationMail.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        promised += len(rows)
    return promised
