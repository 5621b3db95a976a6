"""How many seats a date has left, and whether one can register for it: counted anew each time, never stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from publishing import instant

from .models import DateStatus, Event, Registration

HOLDING = (Registration.State.CONFIRMED, Registration.State.OFFERED)


@dataclass(frozen=True)
class Availability:
    """Whether one can register for a date.

    `left` is how many people there is room for, None for no limit; 0 as long as others wait for what is free.
    `waiting` counts the people on the waiting list. `opens` is whether the form takes a registration, be it for
    the waiting list (then `reason` is "full"). `reason` else says why not: "not_here" nobody registers on this
    site, "not_taking_place", "over", "closed" for registering. `waiting_list` is whether there is one.

    Registering closes so many hours before the date begins as the event says, a whole day begins at midnight by the
    event's clock. A date that the series no longer names is closed: its people are to be moved.
    """

    left: int | None
    waiting: int
    opens: bool
    reason: str
    waiting_list: bool


@dataclass(frozen=True)
class Taken:
    """How many people hold seats of a date, and how many wait for one."""

    held: int = 0
    waiting: int = 0


def taken_of(dates):
    """Return {date.pk: Taken} of `dates`, EventDates or their keys, in one query."""
    people = (
        Registration.objects.filter(date__in=dates)
        .order_by()
        .values("date")
        .annotate(
            held=Sum("party", filter=Q(state__in=HOLDING), default=0),
            waiting=Sum("party", filter=Q(state=Registration.State.WAITING), default=0),
        )
    )
    return {row["date"]: Taken(row["held"], row["waiting"]) for row in people}


def with_taken(dates):
    """Return `dates`, a queryset of EventDate, so that `availability_of` need not ask for what is taken of each."""

    def people(*states):
        some = Registration.objects.filter(date=OuterRef("pk"), state__in=states).order_by().values("date")
        return Coalesce(Subquery(some.annotate(people=Sum("party")).values("people")), 0)

    return dates.annotate(held=people(*HOLDING), waiting=people(Registration.State.WAITING))


def closes_at(date):
    """Return the instant from which nobody can register for `date` any more."""
    return date.starts_at - timedelta(hours=date.event.closes_hours)


def availability_of(dates, at: datetime | None = None):
    """Return {date.pk: Availability} at `at` (default: now) of `dates`, EventDates with their event.

    In one query, or in none for those of `with_taken`.
    """
    at = at or instant.now()
    dates = list(dates)
    taken = {date.pk: Taken(date.held, date.waiting) for date in dates if hasattr(date, "held")}
    here = [date.pk for date in dates if date.event.sign_up_by == Event.SignUp.HERE and date.pk not in taken]
    taken |= taken_of(here) if here else {}
    return {date.pk: _availability(date, taken.get(date.pk, Taken()), at) for date in dates}


def _availability(date, taken, at):
    full = date.status == DateStatus.FULL or bool(taken.waiting)
    left = 0 if full else None if date.seats_in_all is None else max(0, date.seats_in_all - taken.held)
    reason = _closed_because(date, at) or ("full" if left == 0 else "")
    waiting_list = date.event.waiting_list
    opens = reason == "" or (reason == "full" and waiting_list)
    return Availability(left, taken.waiting, opens, reason, waiting_list)


def _closed_because(date, at):
    if date.event.sign_up_by != Event.SignUp.HERE:
        return "not_here"
    if not date.takes_place:
        return "not_taking_place"
    if date.is_over(at):
        return "over"
    return "closed" if at >= closes_at(date) or not date.in_series else ""
