from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ertimes.models import EmergencyDepartment, WaitTimeReading
from tests.factories import create_department, create_reading

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
DEFINE = "Say what the wait means: from what, to what, over how many minutes."
LIMITS = "“Shown at all” must be at least “shown plainly”, and at most 240 minutes."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start_event": ""}, DEFINE),
        ({"end_event": ""}, DEFINE),
        ({"window_minutes": 4}, DEFINE),
        ({"plain_minutes": 0}, LIMITS),
        ({"plain_minutes": 61, "shown_minutes": 60}, LIMITS),
        ({"shown_minutes": 241}, LIMITS),
    ],
)
def test_a_department_without_a_whole_definition_is_refused(change, message):
    department = create_department()
    for name, value in change.items():
        setattr(department, name, value)

    with pytest.raises(ValidationError) as refused:
        department.validate_constraints()

    assert refused.value.messages == [message]
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyDepartment.objects.update(**change)


@pytest.mark.parametrize("door_to_provider", [timedelta(seconds=-1), timedelta(hours=24, seconds=1)])
def test_a_wait_lies_between_nothing_and_a_day(door_to_provider):
    reading = WaitTimeReading(department=create_department(), observed_at=NOON, door_to_provider=door_to_provider)

    with time_machine.travel(NOON), pytest.raises(ValidationError) as refused:
        reading.full_clean()

    assert refused.value.messages == ["A wait lies between 0 minutes and 24 hours."]
    with pytest.raises(IntegrityError), transaction.atomic():
        reading.save()


def test_one_instant_has_one_reading_of_a_department():
    reading = create_reading(observed_at=NOON)
    create_reading(observed_at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        create_reading(department=reading.department, observed_at=NOON)


def test_a_wait_is_measured_and_not_foreseen():
    reading = WaitTimeReading(
        department=create_department(), observed_at=NOON + timedelta(minutes=2), door_to_provider=timedelta(minutes=25)
    )

    with time_machine.travel(NOON, tick=False), pytest.raises(ValidationError) as refused:
        reading.full_clean()

    assert refused.value.message_dict == {
        "observed_at": ["This time is still to come: a wait is measured, not foreseen."]
    }
