from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from ertimes.models import WaitTimeReading
from events.models import Event
from tests.factories import create_department, create_event

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def test_each_department_gets_a_wait():
    create_department()

    call_command("demo_feed", "--once")

    assert WaitTimeReading.objects.get().observed_at == NOON


def test_made_up_events_that_are_over_move_on_and_real_ones_do_not():
    made_up = create_event(first_day=date(2026, 2, 24), demonstration=True)
    real = create_event(first_day=date(2026, 2, 24))

    call_command("demo_feed", "--once")

    assert Event.objects.get(pk=made_up.pk).first_day == date(2026, 4, 7)
    assert Event.objects.get(pk=real.pk).first_day == date(2026, 2, 24)


def test_nothing_is_made_up_where_the_demonstration_is_off(settings):
    settings.DEMONSTRATION = False
    create_department()

    with pytest.raises(CommandError):
        call_command("demo_feed", "--once")

    assert WaitTimeReading.objects.count() == 0
