"""The demonstration's feed is a sender like any other: it posts to the endpoint, with keys of its own."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.core.management import CommandError, call_command

from ertimes.demonstration import made_up_visits
from ertimes.models import FeedKey, TakenEvent, Visit, WaitTimeReading
from events.models import Event
from tests.factories import create_department, create_event, create_reading
from tests.live_site import free_port

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def served(live_server, settings):
    settings.RECEIPT_URL = live_server.url
    return live_server


@pytest.fixture
def down(settings):
    settings.RECEIPT_URL = f"http://127.0.0.1:{free_port()}"
    return settings.RECEIPT_URL


def test_visits_are_sent_for_the_first_department_and_waits_for_the_others(served):
    first, second, third = (create_department(position=n) for n in range(3))
    create_department(published_at=None)

    call_command("demo_feed", "--once")

    assert set(Visit.objects.values_list("department", "demonstration")) == {(first.pk, True)}
    readings = WaitTimeReading.objects.order_by("department")
    assert [(each.department, each.observed_at, each.demonstration, each.source) for each in readings] == [
        (department, NOON, True, "feed") for department in (first, second, third)
    ]
    assert readings[0].sample_size == Visit.objects.filter(seen_at__gt=NOON - timedelta(hours=1)).count()
    assert 15 <= readings[0].minutes <= 45
    keys = FeedKey.objects.order_by("department")
    assert [(key.department, key.demonstration, key.last_used_at) for key in keys] == [
        (department, True, NOON) for department in (first, second, third)
    ]
    assert TakenEvent.objects.count() == 3


def test_the_next_round_is_sent_with_the_same_keys(served):
    create_department(position=1), create_department(position=2)
    call_command("demo_feed", "--once")

    with time_machine.travel(NOON + timedelta(minutes=4), tick=False):
        call_command("demo_feed", "--once")

    assert (FeedKey.objects.count(), WaitTimeReading.objects.count()) == (2, 4)


@pytest.mark.django_db
def test_the_wait_measured_from_made_up_visits_is_plausible_and_does_not_jump():
    department = create_department(slug="backus", window_minutes=60)

    means = []
    for minutes in range(0, 24 * 60, 4):
        at = NOON + timedelta(minutes=minutes)
        seen = [
            each for each in made_up_visits(department, at) if each.seen_at and each.seen_at > at - department.window
        ]
        means.append(sum(((each.seen_at - each.arrived_at) for each in seen), timedelta()) / len(seen))

    minutes = [mean / timedelta(minutes=1) for mean in means]
    assert min(minutes) > 12
    assert max(minutes) < 50
    assert max(abs(after - before) for before, after in pairwise(minutes)) < 8


@pytest.mark.django_db
def test_a_made_up_visit_is_told_alike_whenever_it_is_told():
    department = create_department(slug="backus")

    early = {each.visit_id: each for each in made_up_visits(department, NOON)}
    late = {each.visit_id: each for each in made_up_visits(department, NOON + timedelta(minutes=90))}

    both = early.keys() & late.keys()
    assert len(both) > 10
    for visit_id in both:
        assert early[visit_id].arrived_at == late[visit_id].arrived_at
        assert early[visit_id].seen_at in (None, late[visit_id].seen_at)


def test_nothing_made_up_mixes_with_a_real_feed_and_staff_are_none(served):
    fed, told_by_staff = create_department(position=1), create_department(position=2)
    create_reading(department=fed, observed_at=NOON - timedelta(days=9), source="feed")
    create_reading(department=told_by_staff, observed_at=NOON - timedelta(days=9), source="staff")
    create_reading(department=told_by_staff, observed_at=NOON - timedelta(days=1), source="feed", demonstration=True)

    call_command("demo_feed", "--once")

    assert set(Visit.objects.values_list("department", flat=True)) == {told_by_staff.pk}
    assert WaitTimeReading.objects.filter(demonstration=True, department=fed).count() == 0


@pytest.mark.django_db
def test_a_site_that_is_down_is_told_and_events_move_on_nevertheless(down):
    create_department()
    made_up = create_event(first_day=date(2026, 2, 24), demonstration=True)
    real = create_event(first_day=date(2026, 2, 24))

    with pytest.raises(CommandError, match=f"the site does not answer at {down}"):
        call_command("demo_feed", "--once")

    assert Event.objects.get(pk=made_up.pk).first_day == date(2026, 4, 7)
    assert Event.objects.get(pk=real.pk).first_day == date(2026, 2, 24)
    assert WaitTimeReading.objects.count() == 0


@pytest.mark.django_db
def test_nothing_is_made_up_where_the_demonstration_is_off(settings, down):
    settings.DEMONSTRATION = False
    create_department()

    with pytest.raises(CommandError, match="The demonstration is off"):
        call_command("demo_feed", "--once")

    assert (WaitTimeReading.objects.count(), FeedKey.objects.count()) == (0, 0)
