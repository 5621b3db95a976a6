"""Who is registered is told when the event is changed on its form and published."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
import time_machine

from events.models import RegistrationMail
from publishing import drafting, history
from publishing.snapshots import take
from tests.factories import create_event, create_location, create_registration, create_superuser

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def event():
    return create_event(
        first_day=TUESDAY, start_time=time(18), end_time=time(19), rule="FREQ=WEEKLY;COUNT=3", place="Room 1"
    )


@pytest.fixture
def registration(event):
    return create_registration(event.dates.get(day=date(2026, 12, 1)))


def told():
    return list(RegistrationMail.objects.values_list("registration__name", "kind"))


def save(event, **values):
    for name, value in values.items():
        setattr(event, name, value)
    event.full_clean()
    event.save()


def test_another_hour_is_told_to_those_registered(event, registration):
    save(event, start_time=time(17))

    assert told() == [(registration.name, "date_changed")]


def test_another_room_is_told_to_those_registered(event, registration):
    save(event, place="Room 2")

    assert told() == [(registration.name, "date_changed")]


def test_another_location_is_told_once(event, registration):
    save(event, location=create_location(), place="", start_time=time(17))

    assert told() == [(registration.name, "date_changed")]


def test_a_date_with_a_room_of_its_own_stays_there(event, registration):
    event.dates.filter(pk=registration.date_id).update(place="Room 9")

    save(event, place="Room 2")

    assert told() == []


def test_another_text_is_told_to_nobody(event, registration):
    save(event, body="<p>Bring a friend.</p>")

    assert told() == []


def test_what_is_over_is_told_to_nobody(event, registration, clock):
    clock.move_to(datetime(2026, 12, 2, 15, tzinfo=UTC), tick=False)

    save(event, start_time=time(17), place="Room 2")

    assert told() == []


def test_a_draft_is_told_when_it_is_published_and_a_look_at_it_tells_nobody(event, registration):
    base, user = history.begin(event), create_superuser()
    content = take(event)
    later = replace(content, root=replace(content.root, fields={**content.root.fields, "start_time": "17:00:00"}))

    drafting.save(event, later, base=base, user=user)
    with drafting.as_drafted(event):
        pass
    before = told()
    drafting.publish(event, user=user)

    assert (before, told()) == ([], [(registration.name, "date_changed")])
