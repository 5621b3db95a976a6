from datetime import UTC, date, datetime

import pytest
import time_machine

from events.models import Audience, Topic
from events.search import refresh_passed
from search.models import Entry
from tests.factories import create_event

pytestmark = pytest.mark.django_db(transaction=True)

JUNE_4 = datetime(2021, 6, 4, 12, tzinfo=UTC)


def days_of(event):
    """Return (the day it is found at, the day it is over) of an event in the index."""
    entry = Entry.objects.get(kind="event", object_id=event.pk)
    return entry.dated.date(), entry.ends_at.date()


def test_a_series_is_found_at_its_next_date_and_goes_on_when_that_is_over():
    with time_machine.travel(JUNE_4, tick=False):
        event = create_event(first_day=date(2021, 5, 3), rule="FREQ=WEEKLY;BYDAY=MO")
    assert days_of(event) == (date(2021, 6, 7), date(2021, 6, 7))

    with time_machine.travel(datetime(2021, 6, 8, 12, tzinfo=UTC), tick=False):
        refresh_passed()

    assert days_of(event) == (date(2021, 6, 14), date(2021, 6, 14))


def test_a_series_that_is_over_is_found_at_its_last_date():
    with time_machine.travel(JUNE_4, tick=False):
        event = create_event(first_day=date(2021, 5, 3), rule="FREQ=WEEKLY;BYDAY=MO;COUNT=3")
        refresh_passed()

    assert days_of(event) == (date(2021, 5, 17), date(2021, 5, 17))


def test_what_is_done_to_a_date_is_known_at_once():
    with time_machine.travel(JUNE_4, tick=False):
        event = create_event(first_day=date(2021, 6, 7))
        row = event.dates.get()
        row.starts_at, row.ends_at = (at.replace(day=9) for at in (row.starts_at, row.ends_at))
        row.save()

    assert days_of(event) == (date(2021, 6, 9), date(2021, 6, 9))


def test_topics_audiences_and_the_days_of_a_series_are_found():
    topic = Topic.objects.create(name="Hearts", slug="hearts")
    parents = Audience.objects.create(name="Parents", slug="parents")
    with time_machine.travel(JUNE_4, tick=False):
        event = create_event(
            first_day=date(2021, 6, 7), rule="FREQ=WEEKLY;BYDAY=MO", topics=[topic], audiences=[parents]
        )
        topic.name = "Kidneys"
        topic.save()

    text = Entry.objects.get(kind="event", object_id=event.pk).text
    assert [word in text for word in ("Kidneys", "Parents", "Every Monday")] == [True, True, True]
