"""Raw readings go when they are old; their hours stay."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from ertimes import retention
from ertimes.hours import summarize_recent
from ertimes.models import HourlyWait, ReadingState, WaitTimeReading
from ertimes.retention import delete_old_readings
from tests.factories import create_department, create_reading

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 17, 30, tzinfo=UTC)
KEPT = timedelta(days=400)
LIMIT = datetime(2026, 3, 2, 17, tzinfo=UTC) - KEPT  # whole hours go
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _now(settings):
    settings.READINGS_KEPT = KEPT
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 3)
    monkeypatch.setattr(retention, "BATCHES", 2)


def create_old_readings(number, *, last=LIMIT - MINUTE):
    """Make `number` readings a quarter of an hour apart, the last at `last`."""
    department = create_department()
    for place in range(number):
        create_reading(department=department, observed_at=last - place * 15 * MINUTE, minutes=place)
    return department


def test_readings_of_hours_that_are_old_enough_are_deleted_and_the_hours_stay():
    old = create_reading(observed_at=LIMIT - MINUTE)
    kept = create_reading(department=old.department, observed_at=LIMIT)

    assert delete_old_readings() == 1

    assert list(WaitTimeReading.objects.all()) == [kept]
    assert [(row.hour, row.readings) for row in HourlyWait.objects.all()] == [(LIMIT - HOUR, 1)]


def test_a_run_deletes_no_more_than_its_share_and_the_next_goes_on(small_batches):
    create_old_readings(14)

    assert [delete_old_readings() for _run in range(4)] == [6, 6, 2, 0]

    assert WaitTimeReading.objects.count() == 0


def test_an_hour_is_whole_although_its_readings_go_in_parts(small_batches):
    create_old_readings(14)
    expected = {LIMIT - HOUR: 4, LIMIT - 2 * HOUR: 4, LIMIT - 3 * HOUR: 4, LIMIT - 4 * HOUR: 2}

    while delete_old_readings():
        pass

    assert {row.hour: row.readings for row in HourlyWait.objects.all()} == expected


def test_an_hour_that_was_summed_up_is_left_as_it_was():
    create_old_readings(1)
    with time_machine.travel(LIMIT, tick=False):
        summarize_recent()
    before = list(HourlyWait.objects.values())

    delete_old_readings()

    assert list(HourlyWait.objects.values()) == before
    assert WaitTimeReading.objects.count() == 0


def test_what_is_held_goes_too_and_makes_no_hour():
    create_reading(observed_at=LIMIT - MINUTE, state=ReadingState.HELD)

    assert delete_old_readings() == 1

    assert HourlyWait.objects.count() == 0


def test_what_is_not_old_is_not_touched(django_assert_num_queries):
    create_reading(observed_at=LIMIT)

    with django_assert_num_queries(3):  # a savepoint around one question
        assert delete_old_readings() == 0
