"""Staff set the department's status on the screen."""

from datetime import UTC, datetime

import pytest

from ertimes.models import EmergencyDepartment
from publishing.history import revisions_of
from tests.ertimes.set_wait.screen import address, log, press, said, shown, text
from tests.factories import create_department, create_reading

pytestmark = pytest.mark.django_db


def test_a_status_is_seen_at_once_and_kept_in_the_history(desk, department, client):
    create_reading(department=department, minutes=50)

    response = press(desk, department, "status", status="closed", text="Water damage", until="2026-03-02T14:30")

    assert response.status_code == 302
    stored = EmergencyDepartment.objects.get()
    until = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
    assert (stored.status, stored.status_text, stored.status_until) == ("closed", "Water damage", until)
    assert shown()[0] is None
    deeds = [version.revision.note.deed for version in revisions_of(EmergencyDepartment, department.pk)]
    assert deeds == ["saved", "found"]
    assert log() == [("status set", "Temporarily closed (Water damage), until 2026-03-02 14:30 EST")]
    assert said(desk, department) == ["Visitors see it at once: Temporarily closed."]


def test_open_as_usual_needs_no_words(desk):
    department = create_department(status="limited", status_text="No X-ray")

    press(desk, department, "status", status="normal", text="No X-ray", until="2026-03-02T14:30")

    stored = EmergencyDepartment.objects.get()
    assert (stored.status, stored.status_text, stored.status_until) == ("normal", "", None)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": "on fire"}, "Select a valid choice."),
        ({}, "This field is required."),
        ({"status": "closed", "until": "2026-03-02T11:59"}, "This time is past. Choose a later one, or none."),
        ({"status": "closed", "until": "tomorrow"}, "Enter a valid date/time."),
        ({"status": "closed", "text": "x" * 251}, "Ensure this value has at most 250 characters"),
    ],
)
def test_a_wrong_status_is_told_in_words(desk, department, fields, sentence):
    response = press(desk, department, "status", **fields)

    assert response.status_code == 200
    assert sentence in text(response)
    assert EmergencyDepartment.objects.get().status == "normal"


def test_the_later_of_two_who_set_a_status_is_asked(desk, other, department):
    opened = desk.get(address(department))
    press(other, department, "status", status="closed")

    question = press(desk, department, "status", page=opened, status="limited")

    assert "Ben Ortiz has changed the department since you opened this page" in text(question)
    assert "Now it is: Temporarily closed." in text(question)
    assert EmergencyDepartment.objects.get().status == "closed"
    press(desk, department, "status", page=question, status="limited")
    assert EmergencyDepartment.objects.get().status == "limited"
