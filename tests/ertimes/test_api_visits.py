"""Visits that a hospital's system tells of: kept without the patient, and measured by the site."""

import itertools
from datetime import datetime, timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from ertimes.feed_keys import demonstration_key, secret_of
from ertimes.models import TakenEvent, Visit, WaitTimeReading
from ertimes.waits import current_waits
from tests.ertimes.sender import NOON, Sender, iso
from tests.factories import create_department

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)

_events = itertools.count(1)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def sender(client):
    return Sender(client, create_department(slug="backus", window_minutes=60, smallest_sample=2))


def visit(visit_id="V1", *, arrived=40, seen=None, left=None, **fields):
    """Return a visit as it is sent; `arrived`, `seen` and `left` are minutes before noon, None is left out."""
    instants = {"arrived_at": arrived, "seen_at": seen, "left_at": left}
    told = {name: iso(NOON - minutes * MINUTE) for name, minutes in instants.items() if minutes is not None}
    return {"visit_id": visit_id, **told, **fields}


def visits(*rows, event_id=None, as_of=NOON, **fields):
    as_of = iso(as_of) if isinstance(as_of, datetime) else as_of
    return {"event_id": event_id or f"event-{next(_events)}", "as_of": as_of, "visits": list(rows), **fields}


def send(sender, *rows, **fields):
    return sender.send(visits(*rows, **fields), kind="visits")


def test_the_wait_is_measured_from_the_visits_and_seen_on_the_board(client, sender):
    response = send(sender, visit("V1", arrived=40, seen=20), visit("V2", arrived=50, seen=10), event_id="message-1")

    assert (response.status_code, response.json()) == (
        200,
        {
            "event_id": "message-1",
            "stored": 2,
            "wait": {"wait_minutes": 30, "observed_at": "2026-03-02T17:00:00Z", "sample_size": 2, "held": False},
            "refused": [],
        },
    )
    assert client.get("/er/wait-times.json").json()["departments"][0]["wait_minutes"] == 30


def test_a_visit_may_be_told_in_pieces(sender):
    send(sender, visit("V1", arrived=40), visit("V2", arrived=30))
    send(sender, visit("V1", arrived=40, seen=20))

    response = send(sender, visit("V2", arrived=30, seen=0))

    assert (response.json()["wait"]["wait_minutes"], response.json()["wait"]["sample_size"]) == (25, 2)
    assert Visit.objects.count() == 2


def test_too_few_visits_make_no_wait_so_that_nobodys_own_is_told(sender):
    response = send(sender, visit("V1", arrived=40, seen=20), visit("V2"), visit("V3", left=3))

    assert (response.status_code, response.json()["stored"], response.json()["wait"]) == (200, 3, None)
    assert WaitTimeReading.objects.count() == 0


def test_the_name_of_a_visit_is_stored_nowhere(sender):
    send(sender, visit("VISIT-4711", arrived=40, seen=20), visit("VISIT-4712", arrived=40, seen=20))

    stored = [*Visit.objects.values(), *WaitTimeReading.objects.values(), *TakenEvent.objects.values()]
    assert not any("VISIT" in str(value) for row in stored for value in row.values() if isinstance(value, str))


def test_a_message_without_visits_measures_anew(sender):
    send(sender, visit("V1", arrived=80, seen=58), visit("V2", arrived=50, seen=10), visit("V3", arrived=50, seen=20))

    with time_machine.travel(NOON + 3 * MINUTE, tick=False):
        response = send(sender, as_of=NOON + 3 * MINUTE)

    assert response.json()["wait"]["sample_size"] == 2
    assert [reading.minutes for reading in WaitTimeReading.objects.order_by("observed_at")] == [30, 35]


def test_after_an_outage_visits_are_kept_and_nothing_is_measured_backwards(sender):
    rows = visit("V1", arrived=60, seen=45), visit("V2", arrived=60, seen=50)

    late = send(sender, *rows, as_of=NOON - 16 * MINUTE)
    now = send(sender)

    assert (late.status_code, late.json()["stored"], late.json()["wait"]) == (200, 2, None)
    assert now.json()["wait"]["sample_size"] == 2


TOO_OLD = "The arrival is more than 72 hours ago: nothing is kept of it any more."
INSTANT = "A date and time as in ISO 8601, such as 2026-03-02T12:00:00-05:00."
ID = "A text of 1 to 200 letters, digits and signs, without spaces."


@pytest.mark.parametrize(
    ("row", "field", "problem"),
    [
        (visit(arrived=-2), "arrived_at", "This time is still to come."),
        (visit(seen=-2), "seen_at", "This time is still to come."),
        (visit(arrived=10, seen=11), "seen_at", "This time is before the arrival."),
        (visit(arrived=10, left=11), "left_at", "This time is before the arrival."),
        (visit(arrived=72 * 60 + 1), "arrived_at", TOO_OLD),
        (visit(arrived=8 * 24 * 60), "arrived_at", "This is older than 7 days."),
        (visit(arrived=25 * 60 + 1, seen=60), "seen_at", "Seen more than 24 hours after the arrival."),
        (visit(seen_at="2026-03-02T12:00:00"), "seen_at",
         "Say the offset from UTC: 2026-03-02T12:00:00-05:00, or Z. Without it an hour in November is two."),
        (visit(seen_at="soon"), "seen_at", INSTANT),
        (visit(left_at=5), "left_at", INSTANT),
        (visit(arrived=None), "arrived_at", "This field is required."),
        (visit(None), "visit_id", "This field is required."),
        (visit(4711), "visit_id", ID),
        (visit(""), "visit_id", ID),
        (visit("Ada Lovelace"), "visit_id", ID),
        (visit("\x00"), "visit_id", ID),
        (visit("\ud800"), "visit_id", ID),
        (visit("x" * 201), "visit_id", ID),
        (visit(cancelled="yes"), "cancelled", "true or false."),
        (visit(name="Ada"), "name", "There is no such field. Leave it out."),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_by_index_and_field_and_the_good_rows_are_kept(sender, row, field, problem):
    alone = send(sender, row)
    nothing = TakenEvent.objects.count(), Visit.objects.count()
    mixed = send(sender, visit("V8"), row)

    assert (alone.status_code, alone["Content-Type"], nothing) == (422, "application/problem+json", (0, 0))
    assert alone.json()["refused"] == [{"index": 0, "field": field, "problem": problem}]
    assert (mixed.status_code, mixed.json()["stored"], Visit.objects.count()) == (200, 1, 1)
    assert mixed.json()["refused"] == [{"index": 1, "field": field, "problem": problem}]


@pytest.mark.parametrize(
    ("as_of", "problem"),
    [
        (NOON + timedelta(seconds=61), "This time is still to come."),
        (NOON - timedelta(days=8), "This is older than 7 days."),
        ("2026-03-02T12:00:00",
         "Say the offset from UTC: 2026-03-02T12:00:00-05:00, or Z. Without it an hour in November is two."),
        (None, "This field is required."),
    ],
)  # fmt: skip
def test_as_of_when_is_needed_and_cannot_be_to_come(sender, as_of, problem):
    response = send(sender, visit(), as_of=as_of)

    assert response.status_code == 422
    assert response.json()["errors"] == [{"field": "as_of", "problem": problem}]
    assert Visit.objects.count() == 0


def test_a_message_is_taken_once(sender):
    assert send(sender, visit("V1"), event_id="once").status_code == 200

    assert send(sender, visit("V2"), event_id="once").status_code == 409
    assert Visit.objects.count() == 1


def test_what_the_demonstration_sends_is_marked_as_made_up(sender):
    sender.key = demonstration_key(sender.department)
    sender.secret = secret_of(sender.key.key_id)

    send(sender, visit("V1", seen=20), visit("V2", seen=20))

    assert set(Visit.objects.values_list("demonstration", flat=True)) == {True}
    assert WaitTimeReading.objects.get().demonstration is True


@pytest.mark.parametrize(
    ("arrived", "seen", "now", "minutes"),
    [
        pytest.param(
            "2027-11-07T01:50:00-04:00",
            "2027-11-07T01:10:00-05:00",
            "2027-11-07T06:30:00Z",
            20,
            id="the-hour-that-happens-twice",
        ),
        pytest.param(
            "2027-03-14T01:50:00-05:00",
            "2027-03-14T03:10:00-04:00",
            "2027-03-14T07:30:00Z",
            20,
            id="the-hour-that-does-not-exist",
        ),
    ],
)
def test_a_wait_is_as_long_as_it_was_where_the_clocks_are_changed(sender, arrived, seen, now, minutes):
    instants = {"arrived_at": arrived, "seen_at": seen}
    with time_machine.travel(datetime.fromisoformat(now), tick=False):
        response = send(sender, {"visit_id": "V1", **instants}, {"visit_id": "V2", **instants}, as_of=now)
        shown = [wait.minutes for wait in current_waits()]

    assert (response.json()["wait"]["wait_minutes"], shown) == (minutes, [minutes])


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20),
    st.integers(-100, 5000).map(lambda minutes: iso(NOON - minutes * MINUTE)), st.lists(st.integers(), max_size=2),
)  # fmt: skip


@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {"visit_id": st.one_of(st.sampled_from(["a", "b"]), VALUES), "arrived_at": VALUES},
            optional={"seen_at": VALUES, "left_at": VALUES, "cancelled": VALUES},
        ),
        max_size=5,
    ),
    as_of=VALUES,
)
@settings(max_examples=25)
def test_arbitrary_visits_are_answered_and_never_show_an_impossible_wait(sender, rows, as_of):
    TakenEvent.objects.all().delete()

    response = send(sender, *rows, as_of=as_of)

    assert response.status_code in (200, 422)
    for wait in current_waits():
        assert wait.minutes is None or 0 <= wait.minutes <= 1440
