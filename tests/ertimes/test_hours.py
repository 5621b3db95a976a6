"""Readings and visits by the hour."""

import random
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import time_machine
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from ertimes.hours import summarize_recent
from ertimes.models import HourlyAccuracy, HourlyWait, ReadingState, Source, Visit, WaitTimeReading
from tests.factories import create_department, create_reading

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
keys = count()


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON + 30 * MINUTE, tick=False):
        yield


def hours():
    """Return the hours that are summed up: (hour, readings, minutes in all, shortest, longest, patients)."""
    return [
        (row.hour, row.readings, row.total / MINUTE, row.shortest / MINUTE, row.longest / MINUTE, row.patients)
        for row in HourlyWait.objects.order_by("hour", "department")
    ]


def accuracy():
    return [(row.hour, row.near, row.sooner, row.later) for row in HourlyAccuracy.objects.order_by("hour")]


def create_visit(*, department, arrived_at, waited=None, **fields):
    """Make a visit of somebody who was seen after `waited` minutes, None: not yet."""
    seen_at = None if waited is None else arrived_at + waited * MINUTE
    return Visit.objects.create(
        department=department, key=f"{next(keys):064x}", arrived_at=arrived_at, seen_at=seen_at, **fields
    )


def test_an_hour_is_what_was_accepted_in_it():
    department = create_department()
    create_reading(department=department, observed_at=NOON, minutes=20, sample_size=5)
    create_reading(department=department, observed_at=NOON + 10 * MINUTE, minutes=40, sample_size=7)
    create_reading(department=department, observed_at=NOON - MINUTE, minutes=10)

    summarize_recent()

    assert hours() == [(NOON - HOUR, 1, 10, 10, 10, None), (NOON, 2, 60, 20, 40, 12)]


def test_what_is_held_or_withdrawn_or_says_no_number_does_not_count():
    department = create_department()
    create_reading(department=department, observed_at=NOON, minutes=20)
    create_reading(department=department, observed_at=NOON + MINUTE, minutes=900, state=ReadingState.HELD)
    create_reading(department=department, observed_at=NOON + 2 * MINUTE, minutes=900, state=ReadingState.WITHDRAWN)
    WaitTimeReading.objects.create(department=department, observed_at=NOON + 3 * MINUTE, door_to_provider=None)

    summarize_recent()

    assert hours() == [(NOON, 1, 20, 20, 20, None)]


def test_a_second_time_nothing_is_written(django_assert_num_queries):
    department = create_department()
    for minute in range(0, 30, 5):
        create_reading(department=department, observed_at=NOON + minute * MINUTE)
    create_visit(department=department, arrived_at=NOON, waited=20)
    summarize_recent()

    # Hours that were decided, sums, what is stored; visits, departments, readings, what is stored.
    with django_assert_num_queries(7) as queries:
        summarize_recent()

    assert {query["sql"].split()[0] for query in queries.captured_queries} == {"SELECT"}


def test_many_departments_and_hours_ask_as_many_queries(django_assert_num_queries):
    for _ in range(3):
        department = create_department()
        for hour in range(20):
            create_reading(department=department, observed_at=NOON - hour * HOUR)
            create_visit(department=department, arrived_at=NOON - hour * HOUR, waited=20)

    # The seven; for each of the two tables its rows, between a savepoint and its release.
    with django_assert_num_queries(7 + 3 + 3):
        summarize_recent()

    assert (HourlyWait.objects.count(), HourlyAccuracy.objects.count()) == (60, 60)


def test_a_reading_that_comes_two_days_late_counts():
    department = create_department()
    summarize_recent()
    create_reading(department=department, observed_at=NOON - 48 * HOUR, minutes=33)

    summarize_recent()

    assert hours() == [(NOON - 48 * HOUR, 1, 33, 33, 33, None)]


def test_a_held_reading_counts_from_when_a_person_confirms_it_however_late():
    reading = create_reading(observed_at=NOON - 30 * 24 * HOUR, minutes=33, state=ReadingState.HELD)
    summarize_recent()
    assert hours() == []

    WaitTimeReading.objects.filter(pk=reading.pk).update(state=ReadingState.SHOWN, decided_at=NOON)
    summarize_recent()

    assert hours() == [(NOON - 30 * 24 * HOUR, 1, 33, 33, 33, None)]


@pytest.mark.parametrize("age", [HOUR, 30 * 24 * HOUR])
def test_a_withdrawn_reading_goes_and_its_hour_with_it(age):
    reading = create_reading(observed_at=NOON - age)
    call_command("summarize_waits", verbosity=0)
    assert len(hours()) == 1

    WaitTimeReading.objects.filter(pk=reading.pk).update(state=ReadingState.WITHDRAWN, decided_at=NOON)
    summarize_recent()

    assert hours() == []


@settings(max_examples=12)
@given(
    minutes=st.lists(st.integers(0, 60 * 71), min_size=1, max_size=12, unique=True),
    seed=st.randoms(use_true_random=False),
)
def test_in_whatever_order_readings_come_and_however_often_it_runs_the_hours_are_the_same(minutes, seed):
    HourlyWait.objects.all().delete()
    WaitTimeReading.objects.all().delete()
    department = create_department()
    order = list(minutes)
    seed.shuffle(order)
    for place, minute in enumerate(order):
        create_reading(department=department, observed_at=NOON - minute * MINUTE, minutes=minute % 97)
        if place % 5 == 0:
            summarize_recent()
    summarize_recent()
    in_parts = hours()

    HourlyWait.objects.all().delete()
    summarize_recent()

    assert hours() == in_parts
    assert sum(row[1] for row in in_parts) == len(minutes)
    assert sum(row[2] for row in in_parts) == sum(minute % 97 for minute in minutes)


def test_the_hour_that_comes_twice_is_two_hours_and_the_skipped_one_is_none():
    department = create_department()
    with time_machine.travel(datetime(2027, 11, 7, 12, tzinfo=UTC), tick=False):
        for instant in (datetime(2027, 11, 7, 5, 30, tzinfo=UTC), datetime(2027, 11, 7, 6, 30, tzinfo=UTC)):
            create_reading(department=department, observed_at=instant)  # both are 1:30 AM in Norwich
        summarize_recent()

    assert [row[:2] for row in hours()] == [
        (datetime(2027, 11, 7, 5, tzinfo=UTC), 1),
        (datetime(2027, 11, 7, 6, tzinfo=UTC), 1),
    ]


def test_made_up_hours_are_marked_and_never_mix_with_real_ones():
    department = create_department()
    create_reading(department=department, observed_at=NOON, minutes=20, demonstration=True)
    create_reading(department=department, observed_at=NOON - HOUR, minutes=20, demonstration=True)
    create_reading(department=department, observed_at=NOON + MINUTE, minutes=40)

    summarize_recent()

    assert hours() == [(NOON - HOUR, 1, 20, 20, 20, None), (NOON, 1, 40, 40, 40, None)]
    assert [row.demonstration for row in HourlyWait.objects.order_by("hour")] == [True, False]


def test_a_made_up_hour_without_readings_stays_and_a_real_one_takes_its_place():
    department = create_department()
    facts = {"readings": 1, "total": HOUR, "shortest": HOUR, "longest": HOUR, "demonstration": True}
    HourlyWait.objects.create(department=department, hour=NOON - HOUR, **facts)
    HourlyWait.objects.create(department=department, hour=NOON, **facts)
    create_reading(department=department, observed_at=NOON, minutes=40)

    summarize_recent()

    assert hours() == [(NOON - HOUR, 1, 60, 60, 60, None), (NOON, 1, 40, 40, 40, None)]


@pytest.mark.parametrize(
    ("waited", "counted"),
    [
        pytest.param(45, (1, 0, 0), id="a-quarter-of-an-hour-later"),
        pytest.param(15, (1, 0, 0), id="a-quarter-of-an-hour-sooner"),
        pytest.param(46, (0, 0, 1), id="later"),
        pytest.param(14, (0, 1, 0), id="sooner"),
        pytest.param(0, (0, 1, 0), id="at-once"),
    ],
)
def test_a_visit_is_compared_with_what_the_board_said_on_arrival(waited, counted):
    department = create_department()
    create_reading(department=department, observed_at=NOON - HOUR, minutes=30, source=Source.FEED)
    create_reading(department=department, observed_at=NOON - 20 * MINUTE, minutes=90, source=Source.FEED)
    create_visit(department=department, arrived_at=NOON - 30 * MINUTE, waited=waited)

    summarize_recent()

    assert accuracy() == [(NOON - HOUR, *counted)]


def test_who_found_no_number_or_was_not_seen_does_not_count():
    department = create_department(shown_minutes=60)
    create_reading(department=department, observed_at=NOON - 2 * HOUR)
    create_visit(department=department, arrived_at=NOON - HOUR, waited=25)  # the reading is too old by then
    create_visit(department=department, arrived_at=NOON - 2 * HOUR - MINUTE, waited=25)
    create_visit(department=department, arrived_at=NOON - 2 * HOUR, waited=None)
    create_visit(department=department, arrived_at=NOON - 2 * HOUR, waited=25, cancelled=True)

    summarize_recent()

    assert accuracy() == []


def test_an_hour_whose_visits_are_being_forgotten_keeps_its_count():
    department = create_department()
    create_reading(department=department, observed_at=NOON - 60 * HOUR)
    create_visit(department=department, arrived_at=NOON - 60 * HOUR, waited=25)
    summarize_recent()
    counted = accuracy()

    with time_machine.travel(NOON + 12 * HOUR, tick=False):
        Visit.objects.all().delete()
        summarize_recent()

    assert accuracy() == counted == [(NOON - 60 * HOUR, 1, 0, 0)]


def test_real_patients_are_never_compared_with_made_up_numbers():
    department = create_department()
    create_reading(department=department, observed_at=NOON, demonstration=True)
    create_visit(department=department, arrived_at=NOON, waited=25)
    create_visit(department=department, arrived_at=NOON - HOUR, waited=25, demonstration=True)
    create_reading(department=department, observed_at=NOON - HOUR, demonstration=True)

    summarize_recent()

    assert [(row.hour, row.near, row.demonstration) for row in HourlyAccuracy.objects.all()] == [(NOON - HOUR, 1, True)]


def test_all_hours_can_be_made_anew_from_the_readings(capsys):
    department = create_department()
    for day in (1, 30, 200):
        create_reading(department=department, observed_at=NOON - day * 24 * HOUR, minutes=day)

    call_command("summarize_waits")

    assert capsys.readouterr().out == "Hours changed: 3\n"
    assert [row[2] for row in hours()] == [200, 30, 1]


def test_from_a_day_on_means_from_that_midnight_at_the_hospital(capsys):
    department = create_department()
    create_reading(department=department, observed_at=datetime(2026, 2, 1, 4, 59, tzinfo=UTC))
    create_reading(department=department, observed_at=datetime(2026, 2, 1, 5, 0, tzinfo=UTC))

    call_command("summarize_waits", "--since", "2026-02-01")

    assert [row[0] for row in hours()] == [datetime(2026, 2, 1, 5, tzinfo=UTC)]


def test_hours_whose_readings_are_gone_are_left_as_they_are(capsys):
    reading = create_reading(observed_at=NOON - 30 * 24 * HOUR)
    create_reading(department=reading.department, observed_at=NOON - 20 * 24 * HOUR)
    call_command("summarize_waits", verbosity=0)
    before = hours()
    reading.delete()

    call_command("summarize_waits", "--since", "2025-01-01")

    assert capsys.readouterr().out == (
        "Readings are kept since 2026-02-10 17:00 UTC: earlier hours stay as they are.\nHours changed: 0\n"
    )
    assert hours() == before


def test_a_new_site_has_nothing_to_sum_up(capsys):
    call_command("summarize_waits")

    assert capsys.readouterr().out == "There are no readings.\n"


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", ""])
def test_what_is_no_day_is_told_so(day):
    create_reading(observed_at=NOON)

    with pytest.raises(CommandError, match=r"is no day such as 2027-03-14\."):
        call_command("summarize_waits", "--since", day)


def test_the_same_made_twice_is_the_same():
    randomness = random.Random(1)
    department = create_department()
    for minute in range(0, 600, 7):
        create_reading(department=department, observed_at=NOON - minute * MINUTE, minutes=randomness.randint(0, 90))
    summarize_recent()
    before = list(HourlyWait.objects.order_by("pk").values())

    call_command("summarize_waits", verbosity=0)

    assert list(HourlyWait.objects.order_by("pk").values()) == before
