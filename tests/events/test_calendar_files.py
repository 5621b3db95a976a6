from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar

from events.calendar_files import calendar_of
from events.models import Event
from tests.factories import create_event, create_location

pytestmark = pytest.mark.django_db

NORWICH = ZoneInfo("America/New_York")


def read(content):
    """Return (calendar, its events) of a calendar file."""
    calendar = Calendar.from_ical(content)
    return calendar, list(calendar.walk("VEVENT"))


def test_a_timed_event_comes_back_with_its_zone(settings):
    settings.SITE_URL = "https://www.example.org"
    location = create_location(name="Main Campus")
    event = create_event(
        title="Café, tea; and “more”\\",
        slug="cafe",
        summary="Line; with, signs",
        first_day=date(2021, 6, 4),
        start_time=time(10),
        end_time=time(11, 30),
        location=location,
        place="Room 2, east",
    )

    calendar, [entry] = read(calendar_of([event], name="Events"))

    assert entry.decoded("dtstart") == datetime(2021, 6, 4, 10, tzinfo=NORWICH)
    assert entry.decoded("dtend") == datetime(2021, 6, 4, 11, 30, tzinfo=NORWICH)
    assert entry["dtstart"].params["TZID"] == "America/New_York"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["America/New_York"]
    assert {name: str(entry[name]) for name in ("uid", "summary", "description", "location", "url")} == {
        "uid": f"event-{event.pk}@www.example.org",
        "summary": "Café, tea; and “more”\\",
        "description": "Line; with, signs",
        "location": "Room 2, east, Main Campus",
        "url": "https://www.example.org/events/cafe/",
    }
    assert entry.decoded("dtstamp") == event.changed_at.replace(microsecond=0)


def test_an_event_on_the_day_of_the_changed_clocks_keeps_its_hour():
    event = create_event(first_day=date(2027, 11, 7), start_time=time(9), end_time=time(17))

    _, [entry] = read(calendar_of([event], name="Events"))

    start = entry.decoded("dtstart")
    assert (start.hour, start.astimezone(UTC)) == (9, datetime(2027, 11, 7, 14, tzinfo=UTC))


def test_an_all_day_event_ends_on_the_day_after_its_last():
    event = create_event(timing=Event.Timing.ALL_DAY, first_day=date(2021, 6, 4), last_day=date(2021, 6, 6))

    _, [entry] = read(calendar_of([event], name="Events"))

    assert entry.decoded("dtstart") == date(2021, 6, 4)
    assert entry.decoded("dtend") == date(2021, 6, 7)
    assert entry["dtstart"].params["VALUE"] == "DATE"


def test_an_event_without_an_end_has_none_in_the_file():
    event = create_event(end_time=None, online=True)

    _, [entry] = read(calendar_of([event], name="Events"))

    assert "dtend" not in entry
    assert str(entry["location"]) == "Online"


def test_an_empty_calendar_is_a_calendar():
    calendar, entries = read(calendar_of([], name="Events"))

    assert entries == []
    assert str(calendar["version"]) == "2.0"
    assert str(calendar["x-wr-calname"]) == "Events"


def test_lines_are_at_most_75_bytes_and_end_as_the_standard_says():
    content = calendar_of([create_event(title="é" * 160)], name="Events")

    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_one_event_is_sent_as_a_file(client):
    event = create_event(slug="class", title="Class")

    response = client.get("/events/class.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="class.ics"'
    _, [entry] = read(response.content)
    assert str(entry["summary"]) == event.title


@pytest.mark.parametrize(
    "fields", [{"timing": Event.Timing.ANY_TIME}, {"published_at": None}], ids=["self-paced", "draft"]
)
def test_an_event_that_is_not_to_be_entered_has_no_file(client, fields):
    create_event(slug="class", **fields)

    assert client.get("/events/class.ics").status_code == 404


def test_the_calendar_has_what_is_still_to_come(client, django_assert_num_queries):
    coming = [create_event(first_day=date(2021, 6, day), location=create_location()) for day in (5, 6, 7)]
    create_event(first_day=date(2021, 6, 3))
    create_event(timing=Event.Timing.ANY_TIME)
    create_event(first_day=date(2021, 6, 5), published_at=None)

    with time_machine.travel(datetime(2021, 6, 4, 12, tzinfo=UTC)), django_assert_num_queries(1):
        response = client.get("/events/calendar.ics")

    _, entries = read(response.content)
    assert [str(entry["summary"]) for entry in entries] == [event.title for event in coming]
