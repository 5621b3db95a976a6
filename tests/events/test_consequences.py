"""Before the draft of a series is published, it is said what that does with its dates."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from events.models import Event
from publishing import drafting, history
from publishing.snapshots import rolled_back, take
from tests.factories import create_event, create_registration, create_superuser

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def published(user):
    event = create_event(
        first_day=TUESDAY,
        start_time=time(18),
        end_time=time(19),
        rule="FREQ=WEEKLY;BYDAY=TU;COUNT=4",
        place="Room 5",
        published_at=None,
    )
    drafting.begin_draft(event, user=user)
    drafting.publish(event, user=user, at=None, note="", seen=history.number_of_head(event))
    return Event.objects.get()


def draft_beside(event, user, **fields):
    base = history.begin(event)
    with rolled_back():
        row = Event.objects.get(pk=event.pk)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        content = take(row)
    drafting.save(event, content, base=base, user=user)


def told(client, event):
    page = client.get(f"/admin/events/event/{event.pk}/publish/")
    return [(row.title, row.detail) for panel in page.context["consequences"] for row in panel.rows]


def test_dates_that_are_added_taken_away_and_kept_are_told(client):
    user = create_superuser()
    client.force_login(user)
    event = published(user)
    create_registration(event.dates.get(day=date(2026, 12, 8)))
    draft_beside(event, user, first_day=date(2026, 11, 25), rule="FREQ=WEEKLY;BYDAY=WE;COUNT=2")

    assert told(client, event) == [
        ("Added: 2", "Nov 25, 2026 · Dec 2, 2026"),
        ("Taken away, where nobody is registered: 4", "Nov 24, 2026 · Dec 1, 2026 · Dec 8, 2026 · Dec 15, 2026"),
        ("No longer in the series: Tuesday, December 8, 2026, 6:00 PM", "1 registration is kept"),
    ]
    assert event.dates.earliest("day").day == TUESDAY


def test_other_hours_are_told(client):
    user = create_superuser()
    client.force_login(user)
    event = published(user)
    draft_beside(event, user, start_time=time(17))

    assert told(client, event) == [("At other hours: 4", "Nov 24, 2026 · Dec 1, 2026 · Dec 8, 2026 · Dec 15, 2026")]


def test_another_text_does_nothing_with_the_dates(client):
    user = create_superuser()
    client.force_login(user)
    event = published(user)
    draft_beside(event, user, summary="Come along.")

    assert told(client, event) == []
