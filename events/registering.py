"""Registering for a date, changing and cancelling it, answering an offer. Each is done with the date's row locked.

So seats are counted and given one at a time, whoever asks at the same moment.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .limits import refuse_too_many
from .locking import lock
from .models import Registration, RegistrationMail
from .outbox import promise
from .seats import availability_of
from .waiting import end_offers, free_seats, hand_on, move_up

State, Kind = Registration.State, RegistrationMail.Kind
MOST_CHANGES = 20  # of one registration: each of them is a mail


class RefusedError(Exception):
    """It cannot be done; `args[0]` says why in a sentence for whoever asked."""


class ClosedError(RefusedError):
    """Nobody can register for this date (any more)."""


class NoSeatsError(RefusedError):
    """There are not as many seats, and no waiting list."""


GONE = _("This date is not there any more.")
CLOSED = _("It is not possible any more to register for this date.")
FULL = _("All seats are taken, and there is no waiting list.")
TOO_MANY_PEOPLE = _("There are not enough seats for so many people.")
NO_MORE_SEATS = _("There are no more seats free. Your registration stays as it was.")
OFFER_ENDED = _("The time to accept this seat has ended, and it was offered to others.")
OVER = _("This date is over, so nothing can be changed any more.")
CHANGED_OFTEN = _("This registration was changed very often. Please call to change it once more.")


@transaction.atomic
def register(date, *, nonce, sender, name, email, phone="", party=1, answers=(), language, at=None):
    """Register `party` people for `date` and return the Registration: confirmed, or waiting where it is full.

    The same `nonce` gives the registration that is there already. `sender` is a keyed hash of the network address,
    "" where it is not known. Raises ClosedError, NoSeatsError and limits.TooManyError.
    """
    at = at or timezone.now()
    date = _locked(date)
    known = Registration.objects.filter(nonce=nonce).order_by("pk").first()
    if known is not None:
        return known
    found = availability_of([date], at)[date.pk]
    if found.reason not in ("", "full"):
        raise ClosedError(CLOSED)
    if date.seats_in_all is not None and party > date.seats_in_all:
        raise NoSeatsError(TOO_MANY_PEOPLE)
    if found.reason == "full" and not found.waiting_list:
        raise NoSeatsError(FULL)
    refuse_too_many(date, sender=sender, email=email, at=at)
    end_offers(date, at)
    move_up(date, at)  # those who wait come first
    registration = Registration(
        date=date,
        state=State.WAITING,
        name=name,
        email=email,
        phone=phone,
        party=party,
        answers=list(answers),
        language=language,
        nonce=nonce,
        sender=sender,
        created_at=at,
    )
    if registration in hand_on(date, at, registration):
        registration.state = State.CONFIRMED
    elif not date.event.waiting_list:
        raise NoSeatsError(FULL)
    registration.save()
    promise(registration, Kind.CONFIRMED if registration.state == State.CONFIRMED else Kind.WAITING)
    return registration


@transaction.atomic
def change(registration, *, party, phone, answers, at=None):
    """Store what the visitor has changed and return the Registration as it is then. Raises RefusedError.

    Fewer people can always come. More of them need seats that are free and that nobody waits for; who waits may
    wait for more.
    """
    at = at or timezone.now()
    date, registration = _locked_with_date(registration)
    before = (registration.party, registration.phone, registration.answers)
    if registration.state == State.CANCELLED or date.is_past(at):
        raise RefusedError(OVER if date.is_past(at) else CLOSED)
    if before == (party, phone, list(answers)):
        return registration
    if registration.mails.filter(kind=Kind.CHANGED).count() >= MOST_CHANGES:
        raise RefusedError(CHANGED_OFTEN)
    if party > registration.party:
        _refuse_more(date, registration, party, at)
    registration.party, registration.phone, registration.answers = party, phone, list(answers)
    registration.save(update_fields=["party", "phone", "answers", "changed_at"])
    promise(registration, Kind.CHANGED, occasion=at.isoformat())
    move_up(date, at)
    return Registration.objects.get(pk=registration.pk)


def _refuse_more(date, registration, party, at):
    found = availability_of([date], at)[date.pk]
    if found.reason not in ("", "full"):
        raise ClosedError(CLOSED)
    if registration.state == State.WAITING:
        if date.seats_in_all is not None and party > date.seats_in_all:
            raise NoSeatsError(TOO_MANY_PEOPLE)
        return
    free = free_seats(date)
    if free is not None and (found.waiting or party - registration.party > free):
        raise NoSeatsError(NO_MORE_SEATS)


@transaction.atomic
def cancel(registration, at=None, *, mail=True):
    """Cancel and hand on the seats; a second time changes nothing. Raises RefusedError once the date is over."""
    at = at or timezone.now()
    date, registration = _locked_with_date(registration)
    if registration.state == State.CANCELLED:
        return registration
    if date.is_past(at):
        raise RefusedError(OVER)
    _set_state(registration, State.CANCELLED)
    if mail:
        promise(registration, Kind.CANCELLED, occasion=at.isoformat())
    end_offers(date, at)
    move_up(date, at)
    return registration


@transaction.atomic
def accept(registration, at=None):
    """Take the seat that is offered; a second time changes nothing. Raises RefusedError where it is too late."""
    at = at or timezone.now()
    date, registration = _locked_with_date(registration)
    if registration.state == State.CONFIRMED:
        return registration
    if not date.takes_place:
        raise RefusedError(CLOSED)
    if registration.state != State.OFFERED or registration.offered_until <= at:
        raise RefusedError(OFFER_ENDED)
    _set_state(registration, State.CONFIRMED)
    promise(registration, Kind.CONFIRMED, occasion=at.isoformat())
    return registration


def _set_state(registration, state):
    registration.state, registration.offered_until = state, None
    registration.save(update_fields=["state", "offered_until", "changed_at"])


def _locked(date):
    locked = lock(date)
    if locked is None:
        raise ClosedError(GONE)
    return locked


def _locked_with_date(registration):
    """Lock the date of `registration` and return (the date, the registration as it is stored then)."""
    stored = Registration.objects.filter(pk=registration.pk).values_list("date", flat=True).first()
    date = None if stored is None else lock(stored)
    fresh = Registration.objects.filter(pk=registration.pk, date=date).first() if date else None
    if fresh is None:
        raise RefusedError(GONE)
    fresh.date = date
    return date, fresh
