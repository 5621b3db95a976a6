from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from ertimes.models import Source, WaitTimeReading
from ertimes.readings import record_reading
from tests.factories import create_department

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def record(department, **fields):
    defaults = {"observed_at": NOON, "door_to_provider": timedelta(minutes=25), "source": Source.FEED}
    return record_reading(department=department, **{**defaults, **fields})


def test_a_reading_is_stored_as_it_was_measured():
    department = create_department()

    record(department, sample_size=7)

    reading = WaitTimeReading.objects.get()
    assert (reading.department, reading.observed_at, reading.minutes, reading.sample_size, reading.source) == (
        department,
        NOON,
        25,
        7,
        "feed",
    )
    assert (reading.demonstration, reading.entered_by) == (False, None)


def test_the_same_instant_sent_twice_stays_the_first():
    department = create_department()
    first = record(department)

    second = record(department, door_to_provider=timedelta(minutes=99))

    assert second == first
    assert WaitTimeReading.objects.get().minutes == 25


@pytest.mark.parametrize(
    "fields",
    [
        {"door_to_provider": timedelta(minutes=-1)},
        {"door_to_provider": timedelta(hours=25)},
        {"observed_at": NOON + timedelta(minutes=5)},
        {"source": "rumour"},
    ],
)
def test_what_cannot_have_been_measured_is_refused(fields):
    with pytest.raises(ValidationError):
        record(create_department(), **fields)

    assert WaitTimeReading.objects.count() == 0
