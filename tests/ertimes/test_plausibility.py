"""Which of a feed's readings visitors see, and which are held for a person."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from ertimes.models import Concern, Source, WaitTimeReading
from ertimes.plausibility import jumps
from ertimes.readings import record_reading
from ertimes.settling import confirm, withdraw
from ertimes.waits import current_waits
from ertimes.watching import watch_feeds
from tests.factories import create_department, create_editor

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
HOUR = 60


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def department():
    return create_department(plain_minutes=15, shown_minutes=60)


def at(minute):
    """Return the instant `minute` minutes after noon."""
    return NOON + timedelta(minutes=minute)


def feed(department, *readings, clock=None):
    """Record (minute after noon, wait in minutes) pairs in this order; with `clock`, each when it was measured."""
    for minute, wait in readings:
        if clock is not None:
            clock.move_to(at(minute))
        record_reading(
            department=department,
            observed_at=at(minute),
            door_to_provider=timedelta(minutes=wait),
            source=Source.FEED,
        )


def states(department):
    """Return (minute after noon, state) of every reading in the order in which they were measured."""
    rows = department.readings.order_by("observed_at").values_list("observed_at", "state")
    return [((observed_at - NOON) / timedelta(minutes=1), state) for observed_at, state in rows]


def concerns():
    return list(Concern.objects.filter(ended_at=None).order_by("kind").values_list("kind", flat=True))


def shown(now=None):
    """Return what the board shows of the only department, in minutes."""
    [wait] = current_waits(now)
    return wait.minutes


# Jumps.


@pytest.mark.parametrize(
    ("wait", "other", "too_far"),
    [
        pytest.param(12, 990, True, id="a-slipped-digit"),
        pytest.param(990, 12, True, id="downwards-as-well"),
        pytest.param(0, 120, False, id="from-0-by-120"),
        pytest.param(0, 121, True, id="from-0-by-121"),
        pytest.param(5, 45, False, id="small-numbers-move-by-large-factors"),
        pytest.param(40, 160, False, id="120-and-a-factor-of-4-are-still-right"),
        pytest.param(40, 161, True, id="a-minute-more"),
        pytest.param(50, 190, False, id="far-but-not-by-the-factor"),
        pytest.param(300, 540, False, id="two-long-waits"),
        pytest.param(30, 30, False, id="the-same"),
    ],
)
def test_a_jump_is_by_more_than_120_minutes_and_more_than_a_factor_of_4(wait, other, too_far):
    wait, other = timedelta(minutes=wait), timedelta(minutes=other)

    assert (jumps(wait, other), jumps(other, wait)) == (too_far, too_far)


def test_a_jump_is_held_and_the_number_before_it_is_shown_until_its_own_end(department, clock):
    feed(department, (0, 12), (5, 990), (10, 985), (15, 400), clock=clock)

    assert states(department) == [(0, "shown"), (5, "held"), (10, "held"), (15, "held")]
    assert concerns() == ["jump"]
    assert [shown(at(minute)) for minute in (16, 59, 60)] == [12, 12, None]
    assert department.readings.get(observed_at=at(5)).held_because == "990 minutes, after 12 minutes at 12:00 PM."


def test_what_agrees_with_the_accepted_one_again_takes_the_jump_back(department, clock):
    feed(department, (0, 12), (5, 990), (10, 13), clock=clock)

    assert states(department) == [(0, "shown"), (5, "withdrawn"), (10, "shown")]
    assert (concerns(), shown()) == ([], 13)


def test_no_held_number_is_on_a_page(department, clock, client):
    feed(department, (0, 12), (5, 987), clock=clock)

    for address in ("/", "/er/", department.get_absolute_url(), "/er/wait-times.json"):
        content = client.get(address).content.decode()
        assert "987" not in content, address
    assert client.get("/er/wait-times.json").json()["departments"][0]["wait_minutes"] == 12


def test_a_confirmed_jump_is_shown_with_all_that_agrees_with_it(department, clock):
    feed(department, (0, 12), (5, 300), (10, 990), (15, 995), clock=clock)
    nurse = create_editor()

    done = confirm(department.readings.get(observed_at=at(15)), user=nurse)

    # 300 is by less than a factor of 4 from 995
    assert (done, states(department)) == (True, [(0, "shown"), (5, "shown"), (10, "shown"), (15, "shown")])
    assert (concerns(), shown()) == ([], 995)
    assert department.readings.get(observed_at=at(15)).decided_by == nurse


def test_confirming_withdraws_what_was_held_before_and_does_not_agree(department, clock):
    feed(department, (0, 12), (5, 200), (10, 990), clock=clock)

    confirm(department.readings.get(observed_at=at(10)), user=create_editor())

    assert states(department) == [(0, "shown"), (5, "withdrawn"), (10, "shown")]


def test_what_came_while_a_person_decided_is_judged_by_the_decision(department, clock):
    feed(department, (0, 12), (5, 400), (10, 410), (15, 20), (20, 415), clock=clock)
    # 20 agrees with 12, so that 400 and 410 are withdrawn and 415 is held
    assert states(department)[-2:] == [(15, "shown"), (20, "held")]
    feed(department, (25, 420), clock=clock)

    confirm(department.readings.get(observed_at=at(20)), user=create_editor())

    assert states(department)[-2:] == [(20, "shown"), (25, "shown")]
    assert (concerns(), shown()) == ([], 420)


def test_a_withdrawn_jump_is_gone_and_the_next_like_it_is_held_again(department, clock):
    feed(department, (0, 12), (5, 990), clock=clock)

    assert withdraw(department.readings.get(observed_at=at(5)), user=create_editor())
    assert (states(department), concerns()) == ([(0, "shown"), (5, "withdrawn")], [])

    feed(department, (10, 990), clock=clock)
    assert (states(department)[-1], concerns(), shown()) == ((10, "held"), ["jump"], 12)
    assert Concern.objects.count() == 1


def test_what_is_held_no_more_cannot_be_decided(department, clock):
    feed(department, (0, 12), (5, 990), clock=clock)
    held = department.readings.get(observed_at=at(5))
    feed(department, (10, 12), clock=clock)

    assert (confirm(held, user=create_editor()), withdraw(held, user=create_editor())) == (False, False)
    assert states(department)[1] == (5, "withdrawn")


@pytest.mark.parametrize(
    ("readings", "state"),
    [
        pytest.param([(0, 480)], "shown", id="the-first-of-all-up-to-8-hours"),
        pytest.param([(0, 481)], "held", id="the-first-of-all-above-8-hours"),
        pytest.param([(-4 * HOUR, 12), (0, 990)], "held", id="compared-after-4-hours"),
        pytest.param([(-4 * HOUR, 12), (0, 300)], "held", id="compared-after-4-hours-with-a-possible-one"),
        pytest.param([(-4 * HOUR - 1, 12), (0, 300)], "shown", id="after-a-long-silence-a-possible-one-comes-in"),
        pytest.param([(-4 * HOUR - 1, 12), (0, 990)], "held", id="silence-lets-no-wrong-one-in"),
        pytest.param([(-300, 12), (-200, 400), (0, 400)], "held", id="repeating-lets-none-in"),
    ],
)
def test_what_nothing_can_be_compared_with_is_held_above_8_hours(department, clock, readings, state):
    feed(department, *readings, clock=clock)

    assert department.readings.latest("observed_at").state == state


def test_held_readings_that_nobody_could_see_any_more_are_withdrawn(department, clock):
    feed(department, (0, 12), (5, 990), clock=clock)

    watch_feeds(at(64))
    assert states(department) == [(0, "shown"), (5, "held")]
    watch_feeds(at(65))

    assert states(department) == [(0, "shown"), (5, "withdrawn")]
    assert "jump" not in concerns()


# Flat lines.


def every(minutes, first, last, wait=25):
    return [(minute, wait) for minute in range(first, last + 1, minutes)]


def test_a_number_that_does_not_move_for_3_hours_is_taken_from_view(department, clock):
    feed(department, (-15, 40), *every(15, 0, 165), clock=clock)
    assert (concerns(), shown()) == ([], 25)

    feed(department, (180, 25), clock=clock)

    assert concerns() == ["flat"]
    assert [state for minute, state in states(department) if minute > 120] == ["held"] * 4
    assert [state for minute, state in states(department) if 0 <= minute <= 120] == ["shown"] * 9
    assert [shown(at(minute)) for minute in (180, 181, 240)] == [None, None, None]


def test_few_readings_are_no_flat_line(department, clock):
    feed(department, *every(20, 0, 200), clock=clock)  # 11
    assert concerns() == []

    feed(department, (220, 25), clock=clock)
    assert concerns() == ["flat"]


def test_readings_that_are_hours_apart_are_no_flat_line(department, clock):
    feed(department, *every(60, 0, 15 * HOUR), clock=clock)

    assert (concerns(), shown()) == ([], 25)


def test_a_night_without_a_wait_is_a_flat_line_until_somebody_confirms_it(department, clock):
    feed(department, *every(10, 0, 180, wait=0), clock=clock)
    assert (concerns(), shown()) == (["flat"], None)

    confirm(department.readings.latest("observed_at"), user=create_editor())
    assert (concerns(), shown()) == ([], 0)

    feed(department, *every(10, 190, 350, wait=0), clock=clock)
    assert (concerns(), shown()) == ([], 0)
    feed(department, (360, 0), clock=clock)
    assert (concerns(), shown()) == (["flat"], None)


def test_a_flat_line_ends_when_the_number_moves(department, clock):
    feed(department, *every(10, 0, 190), clock=clock)

    feed(department, (200, 26), clock=clock)

    assert (concerns(), shown()) == ([], 26)
    assert {state for minute, state in states(department) if 130 < minute < 200} == {"withdrawn"}


def test_a_flat_line_that_a_person_withdraws_stays_away(department, clock):
    feed(department, *every(10, 0, 180), clock=clock)

    withdraw(department.readings.latest("observed_at"), user=create_editor())
    feed(department, (190, 25), clock=clock)

    assert (concerns(), shown()) == (["flat"], None)


def test_a_late_reading_that_shows_that_it_moved_ends_a_flat_line(department, clock):
    feed(department, *every(10, 0, 180), clock=clock)

    feed(department, (155, 31))

    assert (concerns(), shown()) == ([], 25)


def test_a_second_more_is_no_flat_line(department, clock):
    for step in range(20):
        clock.move_to(at(10 * step))
        record_reading(
            department=department,
            observed_at=at(10 * step),
            door_to_provider=timedelta(minutes=25, seconds=step % 2),
            source=Source.FEED,
        )

    assert concerns() == []


# Late, repeated, shuffled.


def test_a_late_reading_changes_nothing_that_is_newer(department, clock):
    feed(department, (0, 12), (10, 14), clock=clock)

    feed(department, (5, 990))

    assert states(department) == [(0, "shown"), (5, "withdrawn"), (10, "shown")]
    assert (concerns(), shown()) == ([], 14)


def test_a_late_reading_that_agrees_does_not_take_back_a_newer_jump(department, clock):
    feed(department, (0, 12), (10, 990), clock=clock)

    feed(department, (5, 13))

    assert states(department) == [(0, "shown"), (5, "shown"), (10, "held")]
    assert (concerns(), shown()) == (["jump"], 13)


def test_a_late_step_between_explains_the_jump(department, clock):
    feed(department, (0, 12), (10, 300), clock=clock)

    feed(department, (5, 110))

    assert (states(department)[-1], concerns(), shown()) == ((10, "shown"), [], 300)


def test_what_is_too_old_to_be_seen_is_judged_and_told_to_nobody(department, clock):
    clock.move_to(at(180))

    feed(department, (0, 12), (5, 990), (10, 13))

    assert states(department) == [(0, "shown"), (5, "withdrawn"), (10, "shown")]
    assert not Concern.objects.exists()


def test_the_same_message_twice_is_held_once(department, clock):
    feed(department, (0, 12), (5, 990), (5, 990), (5, 12), clock=clock)

    assert states(department) == [(0, "shown"), (5, "held")]
    assert Concern.objects.count() == 1


WAITS = st.sampled_from([0, 12, 20, 60, 110, 150, 300, 480, 481, 990, 1440])


@settings(max_examples=20)
@given(data=st.data(), waits=st.lists(WAITS, min_size=1, max_size=7))
def test_shuffled_and_repeated_messages_lead_to_the_same_as_those_in_order(data, waits):
    readings = [(-50 + 5 * number, wait) for number, wait in enumerate(waits)]
    shuffled = data.draw(st.permutations([*readings, *readings[:2]]))
    orderly, other = (create_department(shown_minutes=60) for _ in range(2))
    for department in (orderly, other):
        feed(department, (-55, 20))

    feed(orderly, *readings)
    feed(other, *shuffled)

    assert states(other) == states(orderly)
    assert list(other.concerns.filter(ended_at=None).values_list("kind")) == list(
        orderly.concerns.filter(ended_at=None).values_list("kind")
    )


@settings(max_examples=20)
@given(waits=st.lists(WAITS, min_size=1, max_size=10))
def test_a_shown_number_never_jumps_from_the_shown_one_before_it(waits):
    department = create_department(shown_minutes=60)

    feed(department, *[(-55 + 5 * number, wait) for number, wait in enumerate(waits)])

    accepted = department.readings.filter(state="shown").order_by("observed_at")
    accepted = list(accepted.values_list("door_to_provider", flat=True))
    assert [pair for pair in pairwise(accepted) if jumps(*pair)] == []
    held = department.readings.filter(state="held").count()
    assert department.concerns.filter(ended_at=None).count() == bool(held)


# Apart from that.


def test_what_staff_say_is_not_held(department):
    feed(department, (0, 12))

    record_reading(
        department=department, observed_at=at(0), door_to_provider=timedelta(minutes=600), source=Source.STAFF
    )

    assert (concerns(), shown()) == ([], 600)


def test_made_up_and_measured_readings_are_judged_apart(department, clock):
    record_reading(
        department=department,
        observed_at=at(-5),
        door_to_provider=timedelta(minutes=300),
        source=Source.FEED,
        demonstration=True,
    )

    feed(department, (0, 12))

    assert (states(department), concerns()) == ([(-5, "shown"), (0, "shown")], [])


def test_departments_are_judged_apart(department):
    other = create_department()
    feed(other, (0, 300))

    feed(department, (0, 12))

    assert (states(department), states(other), concerns()) == ([(0, "shown")], [(0, "shown")], [])


def queries_of_one_reading(department, minute, wait=25):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        feed(department, (minute, wait))
    return len(queries)


def test_a_reading_asks_as_many_queries_whatever_the_history(department, clock):
    feed(department, (-2, 30))
    few = queries_of_one_reading(department, -1)
    rows = [
        WaitTimeReading(
            department=department,
            observed_at=NOON - timedelta(hours=5, seconds=second),
            door_to_provider=timedelta(minutes=20 + second % 3),
            source=Source.FEED,
        )
        for second in range(1000)
    ]
    WaitTimeReading.objects.bulk_create(rows)

    assert queries_of_one_reading(department, 0) == few
    assert few <= 12
