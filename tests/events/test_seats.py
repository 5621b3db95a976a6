from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from events.models import DateStatus, Event
from events.seats import Availability, availability_of, closes_at
from tests.factories import create_event, create_registration

pytestmark = pytest.mark.django_db

# The factory's event begins on June 4, 2021, at 10 AM in Connecticut.
BEGINS = datetime(2021, 6, 4, 14, tzinfo=UTC)
DAY_BEFORE = BEGINS - timedelta(days=1)


def one_date(**fields):
    event = create_event(**{"sign_up_by": Event.SignUp.HERE, **fields})
    return event.dates.with_event().get()


def availability(date, at=DAY_BEFORE):
    return availability_of([date], at)[date.pk]


def test_confirmed_and_offered_people_hold_seats_and_the_others_do_not():
    date = one_date(seats=10)
    create_registration(date, party=3)
    create_registration(date, party=2, state="offered", offered_until=BEGINS)
    create_registration(date, party=4, state="cancelled")

    found = availability(date)

    assert found == Availability(left=5, waiting=0, opens=True, reason="", waiting_list=True)


def test_without_a_limit_there_is_always_room():
    date = one_date(seats=None)
    create_registration(date, party=4)

    assert availability(date) == Availability(left=None, waiting=0, opens=True, reason="", waiting_list=True)


@pytest.mark.parametrize(("waiting_list", "opens"), [(True, True), (False, False)])
def test_a_full_date_takes_people_for_its_waiting_list_alone(waiting_list, opens):
    date = one_date(seats=2, waiting_list=waiting_list)
    create_registration(date, party=2)

    assert availability(date) == Availability(0, 0, opens, "full", waiting_list)


def test_what_is_free_is_not_promised_to_anybody_else_as_long_as_others_wait():
    date = one_date(seats=4)
    create_registration(date, party=3)
    create_registration(date, party=2, state="waiting")

    assert availability(date) == Availability(left=0, waiting=2, opens=True, reason="full", waiting_list=True)


def test_a_date_with_more_people_than_seats_has_none_left():
    date = one_date(seats=2)
    create_registration(date, party=4)

    assert availability(date).left == 0


def test_the_date_may_have_seats_of_its_own():
    date = one_date(seats=2)
    date.seats = 7

    assert availability(date).left == 7


def test_what_staff_call_full_is_full():
    date = one_date(seats=None)
    date.status = DateStatus.FULL

    assert availability(date) == Availability(0, 0, True, "full", True)


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (BEGINS - timedelta(hours=2, seconds=1), ""),
        (BEGINS - timedelta(hours=2), "closed"),
        (BEGINS, "closed"),
        (BEGINS + timedelta(hours=2), "over"),
    ],
)
def test_it_closes_before_it_begins(at, reason):
    date = one_date(closes_hours=2)

    found = availability(date, at)

    assert (found.reason, found.opens) == (reason, reason == "")
    assert closes_at(date) == BEGINS - timedelta(hours=2)


@pytest.mark.parametrize("status", [DateStatus.CANCELLED, DateStatus.POSTPONED])
def test_nobody_registers_for_what_does_not_take_place(status):
    date = one_date()
    date.status = status

    assert (availability(date).opens, availability(date).reason) == (False, "not_taking_place")


@pytest.mark.parametrize("sign_up_by", [Event.SignUp.NONE, Event.SignUp.ELSEWHERE])
def test_nobody_registers_here_for_what_is_signed_up_for_elsewhere(sign_up_by):
    date = one_date(sign_up_by=sign_up_by)

    assert (availability(date).opens, availability(date).reason) == (False, "not_here")


@time_machine.travel(DAY_BEFORE, tick=False)
def test_many_dates_are_asked_for_in_one_query(django_assert_num_queries):
    create_event(sign_up_by=Event.SignUp.HERE, rule="FREQ=WEEKLY;COUNT=9", seats=3)
    event = Event.objects.get()
    dates = list(event.dates.with_event())
    create_registration(dates[4], party=2)

    with django_assert_num_queries(1):
        found = availability_of(dates, DAY_BEFORE)

    assert [found[date.pk].left for date in dates] == [3, 3, 3, 3, 1, 3, 3, 3, 3]


def test_of_no_dates_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert availability_of([]) == {}


@pytest.mark.parametrize(
    ("closes_hours", "before", "reason"),
    [
        (0, timedelta(seconds=1), ""),
        (0, timedelta(0), "closed"),
        (12, timedelta(hours=12), "closed"),
        (12, timedelta(hours=12, seconds=1), ""),
    ],
)
def test_a_whole_day_closes_when_it_begins_or_so_many_hours_before(closes_hours, before, reason):
    date = one_date(timing="all_day", closes_hours=closes_hours)
    midnight = datetime(2021, 6, 4, 4, tzinfo=UTC)  # in Connecticut

    assert availability(date, midnight - before).reason == reason


def test_a_date_that_the_series_no_longer_names_takes_nobody_new():
    date = one_date(seats=3)
    date.in_series = False

    found = availability(date)

    assert (found.opens, found.reason) == (False, "closed")
