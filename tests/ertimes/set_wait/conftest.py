"""Who is at the screen, of which department, at noon."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from ertimes.models import Source
from ertimes.readings import record_reading
from tests.ertimes.set_wait.screen import NOON, RIGHTS
from tests.factories import create_department, create_editor


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def department():
    return create_department(name="Backus Emergency", plain_minutes=15, shown_minutes=60)


@pytest.fixture
def nurse():
    return create_editor(permissions=RIGHTS, first_name="Anna", last_name="Lee")


@pytest.fixture
def desk(client, nurse):
    client.force_login(nurse)
    return client


@pytest.fixture
def other(client):
    second = Client()
    second.force_login(create_editor(permissions=RIGHTS, first_name="Ben", last_name="Ortiz"))
    return second


@pytest.fixture
def held(department):
    for minute, wait in ((-10, 12), (-5, 985), (-1, 990)):
        record_reading(
            department=department,
            observed_at=NOON + timedelta(minutes=minute),
            door_to_provider=timedelta(minutes=wait),
            source=Source.FEED,
        )
    return department.readings.get(door_to_provider=timedelta(minutes=990))
