from datetime import timedelta

import pytest
import time_machine

from events.mails import is_still_true
from events.models import DateStatus, Event, EventDate, RegistrationMail
from events.registering import accept, cancel
from events.reminders import promise_reminders
from tests.events.registrations import BEGINS, WEEK_BEFORE, come, one_date

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(WEEK_BEFORE, tick=False) as clock:
        yield clock


def before(**span):
    return BEGINS - timedelta(**span)


def reminders(registration):
    kinds = ["days_before", "hours_before"]
    return list(registration.mails.filter(kind__in=kinds).order_by("pk").values_list("kind", flat=True))


def test_two_days_and_two_hours_before_people_are_reminded_once_each():
    registration = come(one_date())
    seen = {}

    for minutes in range(60 * 49, 0, -7):  # the job may come at any minute
        promise_reminders(before(minutes=minutes))
        seen.setdefault(tuple(reminders(registration)), minutes)

    assert list(seen) == [(), ("days_before",), ("days_before", "hours_before")]
    assert 48 * 60 - 7 < seen[("days_before",)] <= 48 * 60
    assert 2 * 60 - 7 < seen[("days_before", "hours_before")] <= 2 * 60


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (timedelta(days=2, seconds=1), ["days_before", "hours_before"]),
        (timedelta(days=2), ["days_before", "hours_before"]),
        (timedelta(days=2, seconds=-1), ["hours_before"]),
        (timedelta(hours=1), []),
    ],
)
def test_who_registers_later_than_that_is_not_reminded(at, expected):
    registration = come(one_date(), at=BEGINS - at)

    promise_reminders(max(before(hours=47), BEGINS - at))
    promise_reminders(before(minutes=50))

    assert reminders(registration) == expected


def test_who_got_a_seat_a_moment_ago_is_not_reminded_of_it():
    date = one_date(seats=1)
    first, second = come(date), come(date)
    cancel(first, before(hours=47))
    accept(second, before(hours=46))
    RegistrationMail.objects.filter(kind="confirmed", registration=second).update(made_at=before(hours=46))

    promise_reminders(before(hours=45))

    assert reminders(second) == []


@pytest.mark.parametrize("state", ["waiting", "cancelled"])
def test_who_does_not_come_is_not_reminded(state):
    registration = come(one_date())
    type(registration).objects.update(state=state)

    promise_reminders(before(hours=47))

    assert reminders(registration) == []


@pytest.mark.parametrize("status", [DateStatus.CANCELLED, DateStatus.POSTPONED])
def test_nobody_is_reminded_of_what_does_not_take_place(status):
    registration = come(one_date())
    EventDate.objects.update(status=status)

    promise_reminders(before(hours=47))

    assert reminders(registration) == []


def test_a_date_that_is_moved_is_reminded_of_at_its_new_time():
    registration = come(one_date())
    promise_reminders(before(hours=47))
    EventDate.objects.update(starts_at=BEGINS + timedelta(days=7), ends_at=BEGINS + timedelta(days=7, hours=1))

    promise_reminders(before(hours=2))
    promise_reminders(BEGINS + timedelta(days=5))
    promise_reminders(BEGINS + timedelta(days=5, minutes=1))

    assert reminders(registration) == ["days_before", "days_before"]


def test_a_worker_that_slept_for_a_day_reminds_nobody_too_late():
    registration = come(one_date())

    promise_reminders(before(hours=20))

    assert reminders(registration) == []


def test_who_has_no_mail_address_is_left_alone():
    registration = come(one_date(), email="")

    assert promise_reminders(before(hours=47)) == 0
    assert reminders(registration) == []


def test_many_people_are_reminded_in_few_queries(django_assert_max_num_queries):
    date = one_date(seats=None)
    for _each in range(20):
        come(date, at=WEEK_BEFORE)

    with django_assert_max_num_queries(6):
        assert promise_reminders(before(hours=47)) == 20


def test_a_whole_day_has_no_hour_to_be_reminded_of():
    date = one_date(timing="all_day")
    registration = come(date)

    for hours in range(60, 0, -1):
        promise_reminders(date.starts_at - timedelta(hours=hours))

    assert reminders(registration) == ["days_before"]


@pytest.mark.parametrize(
    "fields",
    [{"published_at": None}, {"published_at": BEGINS}, {"expires_at": BEGINS - timedelta(hours=48)}],
    ids=["withdrawn", "scheduled", "expired"],
)
def test_nobody_is_reminded_of_what_the_public_cannot_read(fields):
    registration = come(one_date())
    Event.objects.update(**fields)

    promise_reminders(before(hours=47))

    assert reminders(registration) == []


def test_a_reminder_that_is_promised_is_not_sent_once_the_event_is_withdrawn():
    registration = come(one_date())
    promise_reminders(before(hours=47))
    Event.objects.update(published_at=None)

    mail = RegistrationMail.objects.select_related("registration__date__event").get(kind="days_before")

    assert mail.registration == registration
    assert not is_still_true(mail, before(hours=47))
