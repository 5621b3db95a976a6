"""An emergency department is changed at once: its status cannot wait for a publication."""

import pytest
from django.test import Client

from ertimes.models import EmergencyDepartment
from publishing.history import revisions_of
from tests.factories import create_department, create_superuser
from tests.publishing.desk.forms import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse(client):
    client.force_login(create_superuser())
    return client


def test_status_of_a_live_department_is_seen_at_once(nurse):
    department = create_department()

    save(nurse, department, status="closed", status_text="Water damage")

    stored = EmergencyDepartment.objects.get()
    assert (stored.status, stored.status_text) == ("closed", "Water damage")
    assert [version.revision.note.deed for version in revisions_of(EmergencyDepartment, department.pk)] == [
        "saved",
        "found",
    ]


def test_department_that_moves_leads_its_visitors_on(nurse):
    department = create_department(slug="old")

    save(nurse, department, slug="new")

    assert Client().get("/er/old/")["Location"] == "/er/new/"
