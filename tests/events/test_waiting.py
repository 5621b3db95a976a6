"""Who is offered a seat that comes free: the written rule of events.waiting, sentence by sentence."""

from datetime import timedelta

import pytest

from events.models import DateStatus, EventDate
from events.registering import accept, cancel, change
from events.waiting import settle, settle_all
from tests.events.registrations import BEGINS, WEEK_BEFORE, come, one_date, states
from tests.factories import create_registration

pytestmark = pytest.mark.django_db


def at(minutes):
    return WEEK_BEFORE + timedelta(minutes=minutes)


def test_seats_go_to_those_who_wait_in_the_order_in_which_they_came():
    date = one_date(seats=2)
    big = come(date, party=2)
    waiting = [come(date, at=at(minute)) for minute in (1, 2, 3)]

    cancel(big, at(4))

    assert states(*waiting) == "offered offered waiting"


def test_a_party_that_does_not_fit_is_passed_over_by_who_fits():
    date = one_date(seats=3)
    first, _second = come(date), come(date, party=2)
    three, one = come(date, party=3, at=at(1)), come(date, at=at(2))

    cancel(first, at(3))

    assert states(three, one) == "waiting offered"


def test_a_party_of_three_is_passed_over_by_three_people_and_then_seats_are_kept_for_it():
    date = one_date(seats=4)
    here = [come(date) for _each in range(4)]
    three = come(date, party=3, at=at(1))
    singles = [come(date, at=at(2 + number)) for number in range(4)]

    for minute, registration in enumerate(here, 10):
        cancel(registration, at(minute))

    assert states(*singles) == "offered offered offered waiting"
    assert states(three) == "waiting"
    for minute, registration in enumerate(singles[:2], 20):
        cancel(registration, at(minute))
    assert states(three, singles[3]) == "offered waiting"
    three.refresh_from_db()
    assert three.passed_over == 3


def test_who_passed_and_gave_the_seat_back_has_passed_all_the_same():
    date = one_date(seats=3)
    here = [come(date) for _each in range(3)]
    three = come(date, party=3, at=at(1))
    singles = [come(date, at=at(2 + number)) for number in range(5)]

    cancel(here[0], at(10))
    for number in range(3):
        cancel(singles[number], at(11 + number))

    assert states(three, singles[3]) == "waiting waiting"
    cancel(here[1], at(20))
    cancel(here[2], at(21))
    assert states(three, singles[3]) == "offered waiting"


def test_shortly_before_the_end_nothing_is_kept_any_more():
    date = one_date(seats=4, accept_hours=24)
    here = [come(date) for _each in range(4)]
    three = come(date, party=3, at=at(1))
    singles = [come(date, at=at(2 + number)) for number in range(4)]
    for number, registration in enumerate(here):
        cancel(registration, at(10 + number))
    for single in singles[:3]:
        accept(single, at(20))
    assert states(three, singles[3]) == "waiting waiting"

    settle(date, BEGINS - timedelta(hours=24, seconds=1))
    assert states(three, singles[3]) == "waiting waiting"
    settle(date, BEGINS - timedelta(hours=24))

    assert states(three, singles[3]) == "waiting offered"


def test_for_a_party_that_can_never_fit_nothing_is_kept():
    date = one_date(seats=3)
    here = come(date, party=3)
    three, one = come(date, party=3, at=at(1)), come(date, at=at(2))
    EventDate.objects.update(seats=2)

    cancel(here, at(3))

    assert states(three, one) == "waiting offered"


def test_a_newcomer_passes_those_who_wait_only_as_the_rule_says():
    date = one_date(seats=4)
    here = come(date, party=4)
    three = come(date, party=3, at=at(1))
    change(here, party=2, phone="", answers=[], at=at(2))

    assert [come(date, at=at(3)).state, come(date, at=at(4)).state] == ["confirmed", "confirmed"]
    cancel(here, at(5))
    assert come(date, at=at(6)).state == "confirmed"
    assert come(date, at=at(7)).state == "waiting"
    assert states(three) == "waiting"


def test_an_offer_never_outlasts_the_time_in_which_one_can_register():
    date = one_date(seats=1, closes_hours=2)
    first, second = come(date), come(date)

    cancel(first, BEGINS - timedelta(hours=5))

    second.refresh_from_db()
    assert second.offered_until == BEGINS - timedelta(hours=2)


def test_after_the_closing_time_nobody_moves_up():
    date = one_date(seats=1, closes_hours=2)
    first, second = come(date), come(date)

    cancel(first, BEGINS - timedelta(hours=2))

    assert states(second) == "waiting"


def test_an_offer_that_is_not_answered_ends_and_the_next_one_is_asked():
    date = one_date(seats=1)
    first, second, third = come(date), come(date), come(date)
    cancel(first, WEEK_BEFORE)

    settle_all(WEEK_BEFORE + timedelta(hours=24) - timedelta(seconds=1))
    assert states(second, third) == "offered waiting"
    settle_all(WEEK_BEFORE + timedelta(hours=24))

    assert states(second, third) == "cancelled offered"
    assert [mail.kind for mail in second.mails.order_by("pk")] == ["waiting", "offered", "offer_over"]


def test_an_offer_of_a_date_that_has_begun_ends_too():
    offered = create_registration(one_date(), state="offered", offered_until=BEGINS)

    settle_all(BEGINS)

    assert states(offered) == "cancelled"


def test_more_seats_are_handed_on_within_a_minute():
    date = one_date(seats=1)
    come(date)
    waiting = [come(date) for _each in range(3)]
    EventDate.objects.update(seats=3)

    settle_all(at(1))

    assert states(*waiting) == "offered offered waiting"


def test_when_there_is_no_limit_any_more_everybody_moves_up():
    date = one_date(seats=1)
    come(date)
    waiting = [create_registration(date, party=3, state="waiting") for _each in range(3)]
    date.event.seats = None
    date.event.save()

    settle_all(at(1))

    assert states(*waiting) == "offered offered offered"


def test_a_date_that_does_not_take_place_hands_on_nothing():
    date = one_date(seats=1)
    first, second = come(date), come(date)
    EventDate.objects.update(status=DateStatus.CANCELLED)

    cancel(first, at(1))
    settle_all(at(2))

    assert states(second) == "waiting"


def test_looking_after_many_dates_asks_little_where_there_is_nothing_to_do(django_assert_max_num_queries):
    for _each in range(4):
        date = one_date(seats=1)
        come(date)
        come(date)

    with django_assert_max_num_queries(3):
        settle_all(at(1))
