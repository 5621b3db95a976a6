from datetime import UTC, datetime

import pytest
import time_machine

from ertimes.models import WaitTimeReading
from tests.factories import create_department, create_editor, create_reading

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
ADD = "/admin/ertimes/waittimereading/add/"


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def nurse(client):
    user = create_editor(permissions=["add_waittimereading", "view_waittimereading"])
    client.force_login(user)
    return user


def form(department, **fields):
    return {"department": department.pk, "observed_at": "2026-03-02T11:55", "door_to_provider": "0:25:00", **fields}


def test_a_reading_by_hand_is_stored_with_who_entered_it(client, nurse):
    department = create_department()

    response = client.post(ADD, form(department))

    assert response.status_code == 302
    reading = WaitTimeReading.objects.get()
    assert (reading.entered_by, reading.source, reading.minutes, reading.demonstration) == (nurse, "staff", 25, False)
    assert reading.observed_at == datetime(2026, 3, 2, 16, 55, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"observed_at": "2026-03-02T12:30"}, "This time is still to come: a wait is measured, not foreseen."),
        ({"door_to_provider": "-1"}, "A wait lies between 0 minutes and 24 hours."),
        ({"door_to_provider": "2 00:00:00"}, "A wait lies between 0 minutes and 24 hours."),
    ],
)
def test_a_wrong_reading_is_told_in_words(client, nurse, fields, message):
    response = client.post(ADD, form(create_department(), **fields))

    assert response.status_code == 200
    assert message in response.content.decode()
    assert WaitTimeReading.objects.count() == 0


def test_a_reading_is_never_changed(client):
    reading = create_reading(observed_at=NOON)
    client.force_login(
        create_editor(permissions=["change_waittimereading", "view_waittimereading", "add_waittimereading"])
    )

    client.post(f"/admin/ertimes/waittimereading/{reading.pk}/change/", form(reading.department, door_to_provider="0"))

    assert WaitTimeReading.objects.get().minutes == 25


def test_the_list_of_departments_shows_the_wait_that_visitors_see(client):
    create_reading(observed_at=NOON, minutes=37)
    create_department()
    client.force_login(create_editor(permissions=["change_emergencydepartment", "view_emergencydepartment"]))

    content = client.get("/admin/ertimes/emergencydepartment/").content.decode()

    assert "37 min" in content
    assert "no wait shown" in content
