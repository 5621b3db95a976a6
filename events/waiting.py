"""The waiting list of a date: who is offered a seat that comes free, and until when it is held.

The rule, in words that may be read to anybody who asks:

- Seats go to those who wait in the order in which they came.
- A party that is bigger than what is free is passed over by those behind it who fit, so that no seat stays empty
  for it. But it is passed over by at most as many people as it counts itself: a party of three by three. From
  then on what comes free is kept until it fits, so that a bigger party is not always too late.
- In the last hours before registering closes, as many as a seat is held, nothing is kept any more: whoever fits is
  offered what there is. So nobody is blocked for ever by a party for which there will never be room.
- A seat is held for `accept_hours`, but never longer than one can register. Who does not answer in time has lost
  it and has to register anew.
- While a date is postponed or cancelled nobody can answer, so no offer ends. Once it takes place again, or the people
  are moved to another date, their hours count anew.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .locking import lock
from .models import DateStatus, Event, EventDate, Registration, RegistrationMail
from .outbox import promise
from .seats import closes_at, taken_of

State = Registration.State


def free_seats(date):
    """Return how many seats nobody holds, 0 where more are held than there are; None for no limit."""
    if date.status == DateStatus.FULL:
        return 0
    if date.seats_in_all is None:
        return None
    held = Registration.objects.filter(date=date).holding_seats().people()
    return max(0, date.seats_in_all - held)


def moves_up(date, at):
    """Return whether seats of `date` are handed on at `at`."""
    here = date.event.sign_up_by == Event.SignUp.HERE
    return here and date.takes_place and date.status != DateStatus.FULL and at < closes_at(date)


def move_up(date, at):
    """Offer what is free of `date`, which is locked, to those who wait; return the Registrations that are offered."""
    offered = hand_on(date, at)
    for registration in offered:
        registration.state, registration.offered_until = State.OFFERED, held_until(date, at)
        registration.save(update_fields=["state", "offered_until", "changed_at"])
        promise(registration, RegistrationMail.Kind.OFFERED, occasion=at.isoformat())
    return offered


def held_until(date, at):
    """Return until when a seat of `date` that is offered at `at` is held."""
    return min(at + timedelta(hours=date.event.accept_hours), closes_at(date))


def offer_anew(date, at, only=None):
    """Let the hours count anew in which those answer who are offered seats of `date`, which takes place again.

    `only` are the keys of the registrations concerned, None for all of the date.
    """
    offered = Registration.objects.filter(date=date, state=State.OFFERED)
    if only is not None:
        offered = offered.filter(pk__in=only)
    offered.update(offered_until=held_until(date, at), changed_at=at)


def hand_on(date, at, newcomer=None):
    """Return those whose turn it is now; note of those whom they pass over by how many people.

    `newcomer`, a Registration that is not stored yet, stands behind all who wait.
    """
    free = free_seats(date)
    if free == 0 or not moves_up(date, at):
        return []
    waiting = list(Registration.objects.filter(date=date).waiting()) + ([newcomer] if newcomer else [])
    keeps = at < closes_at(date) - timedelta(hours=date.event.accept_hours)
    turn, passed = whose_turn(waiting, free, date.seats_in_all, keeps=keeps)
    if turn:
        Registration.objects.bulk_update(passed, ["passed_over"])
    return turn


def whose_turn(waiting, free, seats, *, keeps):
    """Return (those of `waiting` who are to have a seat now, those who are passed over), lists of Registrations.

    `waiting` is in the order in which they came, `free` and `seats` are None for no limit, `keeps` is whether seats
    may be kept for a party that does not fit yet.
    """
    turn, passed = [], []
    for registration in waiting:
        if free is not None and registration.party > free:
            passed.append(registration)
            continue
        patient = [each for each in passed if keeps and each.party <= seats]
        if any(each.passed_over + registration.party > each.party for each in patient):
            break
        for each in passed:
            each.passed_over += registration.party
        turn.append(registration)
        free = free if free is None else free - registration.party
    return turn, passed


def end_offers(date, at):
    """Take back the offers of `date`, which is locked, that were not answered by `at`, and tell those people.

    None of a date that does not take place: nobody else has these seats.
    """
    if not date.takes_place:
        return
    for registration in Registration.objects.filter(date=date, state=State.OFFERED, offered_until__lte=at):
        registration.state, registration.offered_until = State.CANCELLED, None
        registration.save(update_fields=["state", "offered_until", "changed_at"])
        promise(registration, RegistrationMail.Kind.OFFER_OVER, occasion=at.isoformat())


@transaction.atomic
def settle(date, at=None):
    """End the offers of `date` that were not answered and hand on what is free."""
    date = lock(date)
    if date is not None:
        at = at or timezone.now()
        end_offers(date, at)
        move_up(date, at)


def settle_all(at=None):
    """Do so with every date of which an offer has ended, or people wait and seats are free. A job of each minute."""
    at = at or timezone.now()
    ended = Registration.objects.filter(state=State.OFFERED, offered_until__lte=at)
    ended = ended.filter(date__in=EventDate.objects.taking_place())
    keys = set(ended.order_by().values_list("date", flat=True).distinct())
    waiting = EventDate.objects.filter(
        Q(starts_at__gt=at), pk__in=Registration.objects.filter(state=State.WAITING).values("date")
    )
    dates = [date for date in waiting.select_related("event") if moves_up(date, at)]
    taken = taken_of([date.pk for date in dates]) if dates else {}
    keys |= {
        date.pk
        for date in dates
        if date.seats_in_all is None or (date.pk in taken and taken[date.pk].held < date.seats_in_all)
    }
    for key in sorted(keys):
        settle(key, at)
