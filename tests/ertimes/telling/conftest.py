"""One department that takes notices, at noon."""

import pytest
import time_machine

from tests.ertimes.telling.pages import NOON
from tests.factories import create_contact, create_department


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def department():
    return create_department(name="Backus ER", slug="backus", contact=create_contact(number="860-823-6389"))
