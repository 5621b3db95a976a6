from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from ertimes.models import Source, WaitTimeReading
from ertimes.readings import record_reading
from publishing.models import AuditEntry
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


LIST = "/admin/ertimes/waittimereading/"


@pytest.fixture
def held():
    """What the feed has sent: 12 minutes, then 300 and 990, which are held."""
    department = create_department(name="Backus")
    for minute, wait in ((10, 12), (5, 300), (1, 990)):
        record_reading(
            department=department,
            observed_at=NOON - timedelta(minutes=minute),
            door_to_provider=timedelta(minutes=wait),
            source=Source.FEED,
        )
    return WaitTimeReading.objects.filter(state="held")


def decide(client, action, readings):
    response = client.post(LIST, {"action": action, "_selected_action": list(readings)}, follow=True)
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize(
    ("action", "states", "sentence"),
    [
        ("confirm_held", {"shown"}, "Shown from now on, with what agrees: Backus: 990 min."),
        ("withdraw_held", {"shown", "withdrawn"}, "Withdrawn, with what was held before: Backus: 990 min."),
    ],
)
def test_what_is_held_is_found_and_decided_in_the_list(client, held, action, states, sentence):
    client.force_login(create_editor(permissions=["view_waittimereading", "change_waittimereading"]))
    page = client.get(f"{LIST}?state__exact=held").content.decode()
    assert "Held for a person: 990 minutes, after 12 minutes at 11:50 AM." in page

    said = decide(client, action, held.values_list("pk", flat=True))

    assert said == [sentence]
    assert set(WaitTimeReading.objects.values_list("state", flat=True)) == states
    assert AuditEntry.objects.filter(action="wait set").count() == 1
    assert decide(client, action, WaitTimeReading.objects.values_list("pk", flat=True)) == ["None of these is held."]


def test_nobody_decides_without_the_right(client, held):
    client.force_login(create_editor(permissions=["view_waittimereading", "add_waittimereading"]))

    decide(client, "confirm_held", held.values_list("pk", flat=True))

    assert held.count() == 2
