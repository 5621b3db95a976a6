from datetime import UTC, date, datetime, time

import pytest
import time_machine

from events import acts
from events.models import Audience, SeriesChange, Topic
from events.search import refresh_passed
from search.indexing import refresh
from search.models import Entry
from search.results import when_of
from search.sources import source_of
from tests.factories import create_event, create_location

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


@pytest.mark.parametrize("month", [6, 5], ids=["to come", "over"])
@pytest.mark.parametrize("zone", ["", "America/Chicago", "Asia/Tokyo"])
def test_whole_days_of_another_clock_are_found_at_those_days_and_no_hour(zone, month):
    days = {"first_day": date(2021, month, 7), "last_day": date(2021, month, 8)}
    with time_machine.travel(JUNE_4, tick=False):
        event = create_event(timing="all_day", zone=zone, **days)

    told = when_of(entry_of(event), JUNE_4)

    assert (told.starts, told.has_hour, told.last_day) == (days["first_day"], False, days["last_day"])


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


def entry_of(event):
    return Entry.objects.get(kind="event", object_id=event.pk)


def say(*dates, status):
    """Let the coordinator say what has become of `dates`."""
    acts.set_status(dates, status=status, note="Snow.", message=None, user=None, seen=acts.mark_of(dates))


def test_a_cancelled_date_is_passed_over_at_once():
    with time_machine.travel(JUNE_4, tick=False):
        event = create_event(first_day=date(2021, 6, 7), rule="FREQ=WEEKLY;BYDAY=MO;COUNT=3", place="Room 2")
        say(event.dates.with_event().get(day=date(2021, 6, 7)), status="cancelled")

    assert days_of(event) == (date(2021, 6, 14), date(2021, 6, 14))
    assert entry_of(event).place == "Room 2"


@pytest.mark.parametrize(("status", "told"), [("cancelled", "Cancelled"), ("postponed", "Postponed")])
def test_nobody_reads_that_something_takes_place_where_nothing_does(status, told):
    with time_machine.travel(JUNE_4, tick=False):
        event = create_event(first_day=date(2021, 6, 7), rule="FREQ=WEEKLY;BYDAY=MO;COUNT=2", place="Room 2")
        say(*event.dates.with_event(), status=status)

        assert (days_of(event)[0], entry_of(event).place) == (date(2021, 6, 7), told)

    with time_machine.travel(datetime(2021, 6, 30, 12, tzinfo=UTC), tick=False):
        refresh("event", [event.pk])

        assert (days_of(event)[0], entry_of(event).place) == (date(2021, 6, 14), told)


def test_what_takes_place_again_is_found_at_its_day_and_place():
    with time_machine.travel(JUNE_4, tick=False):
        event = create_event(first_day=date(2021, 6, 7), place="Room 2")
        say(event.dates.with_event().get(), status="cancelled")
        say(event.dates.with_event().get(), status="on")

    assert entry_of(event).place == "Room 2"


def test_a_date_that_is_moved_is_found_where_and_when_it_is():
    with time_machine.travel(JUNE_4, tick=False):
        event = create_event(first_day=date(2021, 6, 7), place="Room 2")
        row = event.dates.with_event().get()
        campus = create_location(name="Main Campus")
        acts.change(
            row,
            day=date(2021, 6, 9),
            start_time=time(18),
            end_time=time(19),
            where=(campus, "Hall"),
            seats=None,
            message=None,
            user=None,
            seen=acts.mark_of([row]),
        )

    assert (days_of(event)[0], entry_of(event).place) == (date(2021, 6, 9), "Hall, Main Campus")
    assert "Hall, Main Campus" in entry_of(event).text


def test_what_is_moved_online_is_found_online():
    with time_machine.travel(JUNE_4, tick=False):
        event = create_event(first_day=date(2021, 6, 7), place="Room 2")
        say(event.dates.with_event().get(), status="moved_online")

    assert entry_of(event).place == "Online"


def test_a_series_that_goes_on_elsewhere_is_found_there():
    with time_machine.travel(JUNE_4, tick=False):
        event = create_event(first_day=date(2021, 5, 3), rule="FREQ=WEEKLY;BYDAY=MO;COUNT=8", place="Room 2")
        later = SeriesChange(event=event, from_day=date(2021, 6, 7), first_day=date(2021, 6, 7), place="Hall")
        later.rule = "FREQ=WEEKLY;BYDAY=MO;COUNT=2"
        dates = list(event.dates.with_event().filter(day__gte=later.from_day))
        acts.change_from(later, message=None, user=None, seen=acts.mark_of(dates), dates=dates)

    assert (days_of(event)[0], entry_of(event).place) == (date(2021, 6, 7), "Hall")


def test_many_events_are_read_in_few_queries(django_assert_max_num_queries):
    with time_machine.travel(JUNE_4, tick=False):
        events = [create_event(first_day=date(2021, 6, 7), location=create_location()) for _each in range(4)]
        source = source_of("event")

        with django_assert_max_num_queries(4):
            found = [document for event in source.things() for document in source.documents(event)]

    assert {document.place for document in found} == {event.location.name for event in events}
