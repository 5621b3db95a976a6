from datetime import timedelta

import pytest

from events.limits import MOST_OF_A_MAILBOX, MOST_OF_A_SENDER, MOST_OF_UNKNOWN_SENDERS, TooManyError
from events.models import DateStatus, EventDate, Registration, RegistrationMail
from events.registering import MOST_CHANGES, ClosedError, NoSeatsError, RefusedError, accept, cancel, change, register
from tests.events.registrations import BEGINS, WEEK_BEFORE, come, one_date, states
from tests.factories import create_registration

pytestmark = pytest.mark.django_db


def mails():
    return list(RegistrationMail.objects.order_by("pk").values_list("registration__name", "kind"))


def keep(registration, **changes):
    """Change `registration` as the form does, where nothing else is said to what it was."""
    told = {"party": registration.party, "phone": registration.phone, "answers": registration.answers}
    return change(registration, at=WEEK_BEFORE, **told | changes)


def test_who_comes_while_there_are_seats_is_registered_and_is_sent_a_mail():
    date = one_date()

    registration = come(date, name="Ana", party=2, phone="860-555-0123", answers=[{"question": "Diet", "answer": "no"}])

    stored = Registration.objects.get()
    assert stored == registration
    assert (stored.state, stored.party, stored.phone, stored.answers, stored.offered_until) == (
        "confirmed",
        2,
        "860-555-0123",
        [{"question": "Diet", "answer": "no"}],
        None,
    )
    assert mails() == [("Ana", "confirmed")]


def test_who_comes_when_all_seats_are_taken_waits():
    date = one_date(seats=1)
    come(date, name="Ana")

    assert come(date, name="Ben").state == "waiting"
    assert mails() == [("Ana", "confirmed"), ("Ben", "waiting")]


def test_without_a_waiting_list_who_comes_too_late_is_told_so_and_nothing_is_stored():
    date = one_date(seats=1, waiting_list=False)
    come(date)

    with pytest.raises(NoSeatsError, match="All seats are taken, and there is no waiting list"):
        come(date)
    assert Registration.objects.count() == RegistrationMail.objects.count() == 1


def test_a_party_that_is_bigger_than_the_room_can_only_be_refused():
    with pytest.raises(NoSeatsError, match="not enough seats for so many people"):
        come(one_date(seats=3), party=4)


def test_without_a_limit_everybody_is_registered():
    date = one_date(seats=None)

    assert {come(date, party=4).state for _each in range(5)} == {"confirmed"}


def test_the_same_form_registers_once_even_after_everything_is_taken_and_closed():
    date = one_date(seats=1)
    first = come(date, nonce="form")

    assert come(date, nonce="form", at=BEGINS + timedelta(days=1)) == first
    assert Registration.objects.count() == RegistrationMail.objects.count() == 1


@pytest.mark.parametrize("at", [BEGINS - timedelta(hours=3), BEGINS, BEGINS + timedelta(days=1)])
def test_nobody_registers_after_the_closing_time(at):
    date = one_date(closes_hours=3)
    come(date, at=BEGINS - timedelta(hours=3, seconds=1))

    with pytest.raises(ClosedError):
        come(date, at=at)


@pytest.mark.parametrize("status", [DateStatus.CANCELLED, DateStatus.POSTPONED])
def test_nobody_registers_for_what_does_not_take_place(status):
    date = one_date()
    EventDate.objects.update(status=status)

    with pytest.raises(ClosedError):
        come(date)


def test_what_staff_call_full_has_a_waiting_list_and_nobody_moves_up():
    date = one_date(seats=None)
    EventDate.objects.update(status=DateStatus.FULL)

    assert come(date).state == "waiting"


def test_a_date_that_was_deleted_meanwhile_takes_nobody():
    date = one_date()
    EventDate.objects.all().delete()

    with pytest.raises(ClosedError, match="not there any more"):
        come(date)


# Limits.


def test_one_network_address_registers_so_many_in_an_hour_and_not_one_more():
    date = one_date(seats=None)
    for _each in range(MOST_OF_A_SENDER):
        come(date, sender="s" * 64)

    with pytest.raises(TooManyError, match="Many registrations have come from your network address within an hour"):
        come(date, sender="s" * 64)
    assert come(date, sender="t" * 64).state == "confirmed"
    assert come(date, sender="s" * 64, at=WEEK_BEFORE + timedelta(hours=1, seconds=1)).state == "confirmed"


def test_the_limit_of_a_network_address_holds_over_all_events():
    for _each in range(MOST_OF_A_SENDER):
        create_registration(one_date(), sender="s" * 64, created_at=WEEK_BEFORE)

    with pytest.raises(TooManyError):
        come(one_date(), sender="s" * 64)


def test_a_thousand_from_addresses_that_the_network_does_not_tell_are_refused():
    date = one_date(seats=None)
    Registration.objects.bulk_create(
        Registration(date=date, name="N", email="n@example.org", nonce=f"n{number}", created_at=WEEK_BEFORE)
        for number in range(MOST_OF_UNKNOWN_SENDERS)
    )

    with pytest.raises(TooManyError, match="Very many registrations came within an hour"):
        come(date, sender="")


def test_one_mail_address_registers_for_one_date_so_often_however_it_is_spelt():
    date = one_date(seats=None)
    own = [come(date, email="ana@example.org") for _each in range(MOST_OF_A_MAILBOX)]

    with pytest.raises(TooManyError, match="There are 3 registrations with this mail address"):
        come(date, email="ANA@example.org")
    cancel(own[0], WEEK_BEFORE)
    assert come(date, email="ANA@example.org").state == "confirmed"


# Changing.


def test_more_people_come_where_there_are_seats():
    registration = come(one_date(seats=3), party=1)

    changed = keep(registration, party=3, phone="860-555-0123", answers=[{"question": "Q", "answer": "A"}])

    assert (changed.party, changed.phone, changed.answers) == (
        3,
        "860-555-0123",
        [{"question": "Q", "answer": "A"}],
    )
    assert [kind for _name, kind in mails()] == ["confirmed", "changed"]


def test_more_people_than_there_are_seats_are_refused_and_all_stays_as_it_was():
    date = one_date(seats=3)
    registration = come(date)
    come(date)

    with pytest.raises(NoSeatsError, match="Your registration stays as it was"):
        keep(registration, party=3)
    registration.refresh_from_db()
    assert registration.party == 1


def test_nobody_brings_more_people_past_those_who_wait():
    date = one_date(seats=4)
    registration = come(date, party=2)
    come(date, party=3)

    with pytest.raises(NoSeatsError):
        keep(registration, party=3)


def test_fewer_people_make_room_for_those_who_wait():
    date = one_date(seats=3)
    big, waiting = come(date, party=3), come(date)

    keep(big, party=2)

    assert states(big, waiting) == "confirmed offered"


def test_who_waits_with_fewer_people_may_fit_at_once():
    date = one_date(seats=3)
    come(date, party=2)
    waiting = come(date, party=2)

    assert keep(waiting, party=1).state == "offered"


def test_the_same_once_more_is_no_change():
    registration = come(one_date())

    keep(registration)

    assert [kind for _name, kind in mails()] == ["confirmed"]


def test_a_registration_is_changed_so_often_and_no_more():
    registration = come(one_date(seats=3))
    for number in range(MOST_CHANGES):
        registration = change(
            registration, party=1 + number % 2, phone=str(number), answers=[], at=WEEK_BEFORE + timedelta(0, number)
        )

    with pytest.raises(RefusedError, match="changed very often"):
        keep(registration, phone="x")


def test_after_the_date_and_after_cancelling_nothing_is_changed():
    registration = come(one_date())

    with pytest.raises(RefusedError, match="This date is over"):
        change(registration, party=2, phone="", answers=[], at=BEGINS + timedelta(hours=2))
    cancel(registration, WEEK_BEFORE)
    with pytest.raises(RefusedError):
        keep(registration, party=2)


def test_fewer_people_may_come_after_the_closing_time_and_not_more():
    registration = come(one_date(closes_hours=24), party=2)
    late = BEGINS - timedelta(hours=1)

    assert change(registration, party=1, phone="", answers=[], at=late).party == 1
    with pytest.raises(ClosedError):
        change(registration, party=2, phone="", answers=[], at=late)


# Cancelling, and offers.


def test_who_cancels_makes_room_for_who_waits_first_and_that_one_has_a_day_to_answer():
    date = one_date(seats=1)
    first, second, third = come(date), come(date), come(date)

    cancel(first, WEEK_BEFORE)

    assert states(first, second, third) == "cancelled offered waiting"
    assert second.offered_until == WEEK_BEFORE + timedelta(hours=24)
    assert [kind for _name, kind in mails()] == ["confirmed", "waiting", "waiting", "cancelled", "offered"]


def test_cancelling_twice_is_cancelling_once():
    registration = come(one_date())

    cancel(registration, WEEK_BEFORE)
    cancel(registration, WEEK_BEFORE)

    assert [kind for _name, kind in mails()] == ["confirmed", "cancelled"]


def test_nobody_cancels_what_is_over():
    registration = come(one_date())

    with pytest.raises(RefusedError, match="This date is over"):
        cancel(registration, BEGINS + timedelta(hours=2))


def test_who_accepts_in_time_is_registered_once():
    date = one_date(seats=1)
    first, second = come(date), come(date)
    cancel(first, WEEK_BEFORE)

    accept(second, WEEK_BEFORE + timedelta(hours=23))
    accept(second, WEEK_BEFORE + timedelta(hours=23))

    assert states(second) == "confirmed"
    assert [kind for _name, kind in mails()][-2:] == ["offered", "confirmed"]


def test_who_accepts_too_late_is_told_so():
    date = one_date(seats=1)
    first, second = come(date), come(date)
    cancel(first, WEEK_BEFORE)

    with pytest.raises(RefusedError, match="The time to accept this seat has ended"):
        accept(second, WEEK_BEFORE + timedelta(hours=24))


@pytest.mark.parametrize("state", ["waiting", "cancelled"])
def test_nobody_accepts_what_was_not_offered(state):
    registration = create_registration(one_date(), state=state)

    with pytest.raises(RefusedError):
        accept(registration, WEEK_BEFORE)


def test_nobody_accepts_a_seat_of_a_date_that_was_cancelled():
    registration = create_registration(one_date(), state="offered", offered_until=BEGINS)
    EventDate.objects.update(status=DateStatus.CANCELLED)

    with pytest.raises(RefusedError):
        accept(registration, WEEK_BEFORE)


def test_who_has_no_mail_address_is_registered_without_mails():
    date = one_date()

    register(date, nonce="n", sender="staff", name="Ana", email="", language="en", at=WEEK_BEFORE)

    assert mails() == []
