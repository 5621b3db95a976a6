"""Waits that a hospital's system sends: what is taken, what is told of the rest, and that a message is taken once."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connections
from django.test import Client

from ertimes.models import TakenEvent, WaitTimeReading
from ertimes.taken_events import forget_taken_events
from ertimes.waits import current_waits
from publishing.jobs import registered_jobs
from tests.ertimes.sender import NOON, Sender, iso, reading, readings
from tests.factories import create_department

pytestmark = pytest.mark.django_db

STILL_TO_COME = "This time is still to come: a wait is measured, not foreseen."


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def sender(client):
    return Sender(client, create_department(slug="backus"))


def stored_minutes():
    return [each.minutes for each in WaitTimeReading.objects.order_by("observed_at")]


def test_a_reading_is_stored_as_it_was_sent_and_seen_on_the_board(client, sender):
    response = sender.send(
        readings(reading(wait_minutes=37, sample_size=7, valid_for_minutes=30), event_id="message-1")
    )

    assert (response.status_code, response["Content-Type"], response["Cache-Control"]) == (
        200,
        "application/json",
        "no-store",
    )
    assert response.json() == {"event_id": "message-1", "stored": 1, "held": 0, "refused": []}
    stored = WaitTimeReading.objects.get()
    assert (stored.department, stored.observed_at, stored.minutes, stored.sample_size, stored.valid_for) == (
        sender.department,
        NOON,
        37,
        7,
        timedelta(minutes=30),
    )
    assert (stored.source, stored.entered_by) == ("feed", None)
    assert client.get("/er/wait-times.json").json()["departments"][0]["wait_minutes"] == 37


@pytest.mark.parametrize(
    ("fields", "stored"),
    [
        ({"wait_minutes": 0}, timedelta(0)),
        ({"wait_minutes": 1440}, timedelta(hours=24)),
        ({"wait_minutes": 12.5}, timedelta(minutes=12, seconds=30)),
        ({"wait_minutes": 1.2e1}, timedelta(minutes=12)),
        ({"sample_size": None, "valid_for_minutes": None}, timedelta(minutes=25)),
        ({"sample_size": 7.0, "valid_for_minutes": 240}, timedelta(minutes=25)),
        ({"observed_at": "2026-03-02T12:00:00-05:00"}, timedelta(minutes=25)),
        ({"observed_at": "2026-03-02t17:00:00z"}, timedelta(minutes=25)),
        ({"observed_at": iso(NOON + timedelta(seconds=60))}, timedelta(minutes=25)),
    ],
)
def test_what_may_be_sent(sender, fields, stored):
    response = sender.send(readings(reading(**fields)))

    assert response.status_code == 200
    assert WaitTimeReading.objects.get().door_to_provider == stored


NAIVE = "Say the offset from UTC: 2026-03-02T12:00:00-05:00, or Z. Without it an hour in November is two."
NO_INSTANT = "A date and time as in ISO 8601, such as 2026-03-02T12:00:00-05:00."
NO_WAIT = "A number from 0 to 1440."


@pytest.mark.parametrize(
    ("fields", "field", "problem"),
    [
        ({"observed_at": "2026-03-02T12:00:00"}, "observed_at", NAIVE),
        ({"observed_at": "2026-03-02"}, "observed_at", NO_INSTANT),
        ({"observed_at": "2026-02-30T12:00:00Z"}, "observed_at", NO_INSTANT),
        ({"observed_at": "2026-03-02T12:00:60Z"}, "observed_at", NO_INSTANT),
        ({"observed_at": "2026-03-02T12:00:00+25:00"}, "observed_at", NO_INSTANT),
        ({"observed_at": "٢٠٢٦-03-02T12:00:00Z"}, "observed_at", NO_INSTANT),
        ({"observed_at": "0001-01-01T00:00:00+14:00"}, "observed_at", NO_INSTANT),
        ({"observed_at": "9999-12-31T23:59:59-14:00"}, "observed_at", NO_INSTANT),
        ({"observed_at": 1772470800}, "observed_at", NO_INSTANT),
        ({"observed_at": None}, "observed_at", "This field is required."),
        ({"observed_at": iso(NOON + timedelta(seconds=61))}, "observed_at", STILL_TO_COME),
        ({"observed_at": iso(NOON - timedelta(days=7, seconds=1))}, "observed_at", "This is older than 7 days."),
        ({"wait_minutes": -1}, "wait_minutes", NO_WAIT),
        ({"wait_minutes": 1440.5}, "wait_minutes", NO_WAIT),
        ({"wait_minutes": 1e308}, "wait_minutes", NO_WAIT),
        ({"wait_minutes": 10**4000}, "wait_minutes", NO_WAIT),
        ({"wait_minutes": "25"}, "wait_minutes", NO_WAIT),
        ({"wait_minutes": True}, "wait_minutes", NO_WAIT),
        ({"wait_minutes": [25]}, "wait_minutes", NO_WAIT),
        ({"wait_minutes": None}, "wait_minutes", "This field is required."),
        ({"sample_size": -1}, "sample_size", "A whole number from 0 to 10000."),
        ({"sample_size": 2.5}, "sample_size", "A whole number from 0 to 10000."),
        ({"sample_size": 10**10}, "sample_size", "A whole number from 0 to 10000."),
        ({"valid_for_minutes": 0}, "valid_for_minutes", "A number from 1 to 240."),
        ({"valid_for_minutes": 241}, "valid_for_minutes", "A number from 1 to 240."),
        ({"patient_name": "Ada"}, "patient_name", "There is no such field. Leave it out."),
        ({"x" * 1000: 1}, "x" * 64, "There is no such field. Leave it out."),
        ({"\ud800": "\x00"}, "\ud800", "There is no such field. Leave it out."),
    ],
)
def test_what_cannot_be_taken_is_told_by_index_and_field_and_the_last_good_value_stays(sender, fields, field, problem):
    sender.send(readings(reading(observed_at=NOON - timedelta(minutes=5), wait_minutes=31)))

    response = sender.send(readings(reading(**fields)))

    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    body = response.json()
    assert body["refused"] == [{"index": 0, "field": field, "problem": problem}]
    assert body["detail"] == (
        "No row can be taken; “refused” says why. Nothing is stored, and the event id can be used again."
    )
    assert [wait.minutes for wait in current_waits()] == [31]


def test_good_rows_are_stored_and_bad_ones_listed_in_their_order(sender):
    response = sender.send(
        readings(
            reading(observed_at=NOON + timedelta(hours=1)),
            reading(observed_at=NOON - timedelta(minutes=5), wait_minutes=20),
            "no row",
            reading(wait_minutes=30),
            {"wait_minutes": -3},
            event_id="mixed",
        )
    )

    assert response.status_code == 200
    assert response.json() == {
        "event_id": "mixed",
        "stored": 2,
        "held": 0,
        "refused": [
            {"index": 0, "field": "observed_at", "problem": STILL_TO_COME},
            {"index": 2, "field": None, "problem": "Each row is an object: {…}."},
            {"index": 4, "field": "observed_at", "problem": "This field is required."},
            {"index": 4, "field": "wait_minutes", "problem": NO_WAIT},
        ],
    }
    assert stored_minutes() == [20, 30]


NO_ID = "A text of 1 to 64 letters, digits and signs, without spaces."


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        ({}, [("event_id", "This field is required.")]),
        ({"event_id": 5, "readings": []}, [("event_id", NO_ID)]),
        ({"event_id": "a" * 65}, [("event_id", NO_ID)]),
        ({"event_id": "a b"}, [("event_id", NO_ID)]),
        ({"event_id": "a\n"}, [("event_id", NO_ID)]),
        ({"event_id": "\x00"}, [("event_id", NO_ID)]),
        ({"event_id": "\ud800"}, [("event_id", NO_ID)]),
        ({"event_id": "1", "mrn": 1}, [("mrn", "There is no such field. Leave it out.")]),
        ({"event_id": "1"}, [("readings", "A list of 1 to 100 rows.")]),
        ({"event_id": "1", "readings": {}}, [("readings", "A list of 1 to 100 rows.")]),
        ({"event_id": "1", "readings": []}, [("readings", "A list of 1 to 100 rows.")]),
        ({"event_id": "1", "readings": [{}] * 101}, [("readings", "A list of 1 to 100 rows.")]),
    ],
)  # fmt: skip
def test_a_message_that_is_not_complete_is_told_why(sender, content, errors):
    response = sender.send(content)

    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert [(error["field"], error["problem"]) for error in response.json()["errors"]] == errors
    assert TakenEvent.objects.count() == 0


def test_a_message_is_taken_once(sender):
    message = readings(reading(), event_id="once")
    assert sender.send(message).status_code == 200

    again = sender.send(message)
    other = sender.send(readings(reading(wait_minutes=99), event_id="once"))

    assert (again.status_code, other.status_code, stored_minutes()) == (409, 409, [25])
    assert again.json()["detail"] == (
        "A message with this event id was taken before; nothing is stored twice. Do not send it again."
    )


def test_two_departments_may_use_the_same_event_id(client, sender):
    other = Sender(client, create_department())

    assert sender.send(readings(reading(), event_id="1")).status_code == 200
    assert other.send(readings(reading(), event_id="1")).status_code == 200


def test_an_event_id_is_not_used_up_by_a_message_of_which_nothing_was_stored(sender):
    assert sender.send(readings(reading(wait_minutes=-1), event_id="1")).status_code == 422
    assert sender.send(readings(reading(observed_at=NOON + timedelta(hours=1)), event_id="1")).status_code == 422

    assert sender.send(readings(reading(), event_id="1")).status_code == 200


def test_a_time_that_is_known_keeps_its_first_wait_and_the_sender_is_told(sender):
    sender.send(readings(reading()))

    same = sender.send(readings(reading()))
    other = sender.send(readings(reading(wait_minutes=99)))

    assert (same.status_code, same.json()["stored"], stored_minutes()) == (200, 1, [25])
    assert (other.status_code, other.json()["refused"][0]["problem"]) == (
        422,
        "There is a reading for this time already, with another wait.",
    )


def test_event_ids_are_forgotten_after_three_days(sender):
    sender.send(readings(reading(), event_id="old"))
    with time_machine.travel(NOON + timedelta(hours=72), tick=False):
        forget_taken_events()
        kept = TakenEvent.objects.count()
    with time_machine.travel(NOON + timedelta(hours=72, seconds=1), tick=False):
        forget_taken_events()

    assert (kept, TakenEvent.objects.count()) == (1, 0)
    assert "forget messages that were taken" in [job.name for job in registered_jobs()]


def test_more_than_sixty_messages_a_minute_are_told_to_wait(client, sender):
    other = Sender(client, create_department())
    sender.send(readings(reading(observed_at=NOON - timedelta(minutes=5))))  # its last use is written
    TakenEvent.objects.bulk_create(TakenEvent(department=sender.department, event_id=str(n)) for n in range(59))

    response = sender.send(readings(reading(), event_id="one-more"))

    assert (response.status_code, response["Retry-After"], stored_minutes()) == (429, "60", [25])
    assert other.send(readings(reading())).status_code == 200
    with time_machine.travel(NOON + timedelta(seconds=60), tick=False):
        assert sender.send(readings(reading(), event_id="one-more")).status_code == 200


def test_a_department_that_is_not_published_is_fed_but_not_shown(client):
    sender = Sender(client, create_department(published_at=None))

    assert sender.send(readings(reading())).status_code == 200
    assert client.get("/er/wait-times.json").json()["departments"] == []


def test_the_newest_counts_whatever_order_they_arrive_in(sender):
    rows = [reading(observed_at=NOON - timedelta(minutes=5 * n), wait_minutes=20 + n) for n in range(10)]
    random.Random(0).shuffle(rows)

    for row in rows[:4]:
        sender.send(readings(row))
    sender.send(readings(*rows[4:]))

    assert [wait.minutes for wait in current_waits()] == [20]
    assert stored_minutes() == list(range(29, 19, -1))


@pytest.mark.parametrize(
    ("told", "in_utc"),
    [
        pytest.param(
            ["2027-11-07T01:50:00-04:00", "2027-11-07T01:10:00-05:00", "2027-11-07T01:50:00-05:00"],
            [(5, 50), (6, 10), (6, 50)],
            id="the-hour-that-happens-twice",
        ),
        pytest.param(
            ["2027-03-14T01:50:00-05:00", "2027-03-14T03:10:00-04:00", "2027-03-14T02:30:00-05:00"],
            [(6, 50), (7, 10), (7, 30)],
            id="the-hour-that-does-not-exist",
        ),
    ],
)
def test_readings_are_in_order_where_the_clocks_are_changed(sender, told, in_utc):
    day = datetime.fromisoformat(told[0]).date()
    rows = [reading(observed_at=instant, wait_minutes=20 + n) for n, instant in enumerate(told)]
    with time_machine.travel(datetime(day.year, day.month, day.day, 7, 40, tzinfo=UTC), tick=False):
        response = sender.send(readings(*reversed(rows)))
        newest = [wait.minutes for wait in current_waits()]

    assert (response.status_code, response.json()["refused"], newest) == (200, [], [22])
    instants = WaitTimeReading.objects.order_by("observed_at").values_list("observed_at", flat=True)
    assert [(instant.hour, instant.minute) for instant in instants] == in_utc


def test_a_local_time_without_offset_is_refused_in_the_hour_that_happens_twice(sender):
    with time_machine.travel(datetime(2027, 11, 7, 6, 30, tzinfo=UTC), tick=False):
        response = sender.send(readings(reading(observed_at="2027-11-07T01:30:00")))

    assert (response.status_code, response.json()["refused"][0]["problem"]) == (422, NAIVE)


@pytest.mark.several_writers
@pytest.mark.django_db(transaction=True)
def test_a_message_that_comes_twice_at_once_is_taken_once():
    sender = Sender(Client(), create_department())
    message = readings(reading(), event_id="once")
    barrier = Barrier(4)

    def send(_):
        barrier.wait()
        try:
            return sender.send(message).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(send, range(4)))

    assert (answers, WaitTimeReading.objects.count(), TakenEvent.objects.count()) == ([200, 409, 409, 409], 1, 1)
