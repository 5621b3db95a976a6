import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine

from ertimes.demonstration import report_made_up_waits
from ertimes.models import WaitTimeReading
from tests.factories import create_department, create_reading

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def test_each_published_department_gets_a_wait_that_is_marked_as_made_up():
    shown, other = create_department(), create_department()
    create_department(published_at=None)

    report_made_up_waits(NOON, random.Random(0))

    readings = WaitTimeReading.objects.order_by("department")
    assert [reading.department for reading in readings] == [shown, other]
    assert {(reading.observed_at, reading.demonstration, reading.source) for reading in readings} == {
        (NOON, True, "feed")
    }


def test_a_wait_moves_by_some_minutes_and_stays_believable():
    department = create_department()
    randomness = random.Random(0)
    at = NOON - timedelta(hours=3)
    for _ in range(40):
        at += timedelta(minutes=4)
        report_made_up_waits(at, randomness)

    minutes = [reading.minutes for reading in WaitTimeReading.objects.order_by("observed_at")]
    assert len(minutes) == 40
    assert min(minutes) >= 8
    assert max(minutes) <= 75
    assert max(abs(a - b) for a, b in pairwise(minutes)) <= 4
    assert {reading.department for reading in WaitTimeReading.objects.all()} == {department}


def test_nothing_made_up_mixes_with_a_real_feed():
    department = create_department()
    create_reading(department=department, observed_at=NOON - timedelta(days=9), source="feed")

    report_made_up_waits(NOON, random.Random(0))

    assert WaitTimeReading.objects.filter(demonstration=True).count() == 0


def test_made_up_waits_are_forgotten_after_four_days_and_real_ones_are_not():
    department = create_department()
    create_reading(department=department, observed_at=NOON - timedelta(days=4, seconds=1), demonstration=True)
    kept = create_reading(department=department, observed_at=NOON - timedelta(days=4), demonstration=True)
    real = create_reading(observed_at=NOON - timedelta(days=400))

    report_made_up_waits(NOON, random.Random(0))

    older = WaitTimeReading.objects.filter(observed_at__lt=NOON)
    assert set(older) == {kept, real}
