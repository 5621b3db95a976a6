"""What staff do with registrations: write in who calls, give a seat, move to another date, see who came.

No limit of visitors holds here, nor the closing time; that seats are given once does, unless staff overbook.
"""

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .limits import BY_STAFF
from .locking import lock
from .models import EventDate, Registration, RegistrationMail
from .outbox import promise
from .registering import GONE, ClosedError, NoSeatsError, RefusedError
from .seats import closes_at
from .waiting import end_offers, free_seats, hand_on, move_up

State, Kind = Registration.State, RegistrationMail.Kind

NO_SEATS = _("There are not as many seats free. Tick “Overbook” to do it all the same.")
NOT_THIS_EVENT = _("Choose another date of the same event.")


def counts_of(date):
    """Return how many registrations and people of `date` there are, by state, and how many came, in one query."""
    people = {f"{state}_people": Sum("party", filter=Q(state=state), default=0) for state in State}
    rows = {state.value: Count("pk", filter=Q(state=state)) for state in State}
    came = Q(checked_in_at__isnull=False)
    return Registration.objects.filter(date=date).aggregate(
        **people, **rows, came=Count("pk", filter=came), came_people=Sum("party", filter=came, default=0)
    )


@transaction.atomic
def write_in(date, *, nonce, overbook, name, email, phone, party, answers, language, at=None):
    """Register somebody for staff and return the Registration; without a seat they wait, unless staff `overbook`.

    The same `nonce` gives the registration that is there already. Raises RefusedError.
    """
    at = at or timezone.now()
    date = lock(date)
    if date is None:
        raise ClosedError(GONE)
    known = Registration.objects.filter(nonce=nonce).order_by("pk").first()
    if known is not None:
        return known
    end_offers(date, at)
    move_up(date, at)
    registration = Registration(
        date=date,
        state=State.WAITING,
        name=name,
        email=email,
        phone=phone,
        party=party,
        answers=answers,
        language=language,
        nonce=nonce,
        sender=BY_STAFF,
        created_at=at,
    )
    if overbook or registration in hand_on(date, at, registration) or _is_late_and_fits(date, party, at):
        registration.state = State.CONFIRMED
    elif not date.event.waiting_list or (date.seats_in_all is not None and party > date.seats_in_all):
        raise NoSeatsError(NO_SEATS)
    registration.save()
    promise(registration, Kind.CONFIRMED if registration.state == State.CONFIRMED else Kind.WAITING)
    return registration


def _is_late_and_fits(date, party, at):
    """Return whether there is a seat that is handed to nobody any more, since registering has closed."""
    free = free_seats(date)
    return at >= closes_at(date) and (free is None or party <= free)


@transaction.atomic
def give_seat(registration, *, overbook, at=None):
    """Confirm somebody who waits, was offered a seat or has cancelled. Raises RefusedError where none is free."""
    at = at or timezone.now()
    date, registration = _locked(registration)
    if registration.state == State.CONFIRMED:
        return registration
    if registration.state != State.OFFERED and not overbook:
        _refuse_without_seats(date, registration.party)
    registration.state, registration.offered_until = State.CONFIRMED, None
    registration.save(update_fields=["state", "offered_until", "changed_at"])
    promise(registration, Kind.CONFIRMED, occasion=at.isoformat())
    return registration


@transaction.atomic
def move_to(registration, date, *, overbook, at=None):
    """Move a registration, whatever its state, to `date` of the same event, where it is confirmed.

    Raises RefusedError where no seat is free there.
    """
    at = at or timezone.now()
    stored = Registration.objects.filter(pk=registration.pk).values_list("date", flat=True).first()
    dates = {key: lock(key) for key in sorted({stored, date.pk} - {None})}  # in one order, so that two never wait
    registration = Registration.objects.filter(pk=registration.pk, date=stored).first()
    target = dates.get(date.pk)
    if registration is None or target is None or dates.get(stored) is None:
        raise RefusedError(GONE)
    if target.pk == stored or target.event_id != dates[stored].event_id:
        raise RefusedError(NOT_THIS_EVENT)
    if not overbook:
        _refuse_without_seats(target, registration.party)
    registration.date, registration.state, registration.offered_until = target, State.CONFIRMED, None
    registration.checked_in_at, registration.passed_over = None, 0
    registration.save()
    promise(registration, Kind.CONFIRMED, occasion=at.isoformat())
    move_up(dates[stored], at)
    return registration


def check_in(registration, *, came, at=None):
    """Note that somebody came, or with `came` False that this was a mistake. Once more changes nothing."""
    rows = Registration.objects.filter(pk=registration.pk, checked_in_at__isnull=came)
    return rows.update(checked_in_at=(at or timezone.now()) if came else None) == 1


def other_dates(date):
    """Return the dates of the event of `date` to which somebody can be moved: to come, and not given up."""
    dates = EventDate.objects.filter(event=date.event_id).upcoming(timezone.now()).taking_place()
    return list(dates.exclude(pk=date.pk).with_event())


def _refuse_without_seats(date, party):
    free = free_seats(date)
    if free is not None and party > free:
        raise NoSeatsError(NO_SEATS)


def _locked(registration):
    """Lock the date of `registration`; return (it, the registration as it is stored then). Raises RefusedError."""
    key = Registration.objects.filter(pk=registration.pk).values_list("date", flat=True).first()
    date = None if key is None else lock(key)
    fresh = Registration.objects.filter(pk=registration.pk, date=date).first() if date else None
    if fresh is None:
        raise RefusedError(GONE)
    return date, fresh
