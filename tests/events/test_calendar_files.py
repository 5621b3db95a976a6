from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar

from events.calendar_files import calendar_of
from events.models import Event, Topic
from events.views import calendars
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

    with (
        time_machine.travel(datetime(2021, 6, 4, 12, tzinfo=UTC)),
        django_assert_num_queries(4),
    ):  # events, topics, changes, dates
        response = client.get("/events/calendar.ics")

    _, entries = read(response.content)
    assert [str(entry["summary"]) for entry in entries] == [event.title for event in coming]


def test_hostile_text_makes_no_line_of_its_own():
    event = create_event(
        title="A\r\nATTENDEE:mailto:x@example.org",
        summary="\x07;,:\\\nEND:VEVENT",
        place="</script>\u2028BEGIN:VEVENT",
    )

    content = calendar_of([event], name="Events\r\nX-EVIL:1")

    _, [entry] = read(content)
    assert str(entry["summary"]) == "A\nATTENDEE:mailto:x@example.org"
    assert str(entry["description"]) == ";,:\\\nEND:VEVENT"
    assert [line for line in content.split(b"\r\n") if line.startswith((b"ATTENDEE", b"X-EVIL"))] == []


def test_a_link_is_told_only_where_it_is_for_everybody():
    link = "https://video.example/room"
    shown = create_event(online=True, online_url=link, online_url_for=Event.LinkFor.EVERYBODY)
    kept = create_event(online=True, online_url=link)

    assert link in str(read(calendar_of([shown], name="Events"))[1][0]["description"])
    assert link.encode() not in calendar_of([kept], name="Events")


def test_one_date_of_a_series_is_a_file_of_its_own(client):
    event = create_event(slug="yoga", rule="FREQ=WEEKLY;BYDAY=FR;COUNT=3")
    moved = event.dates.get(day=date(2021, 6, 11))
    moved.status = "cancelled"
    moved.moved_to = date(2021, 6, 12)
    moved.starts_at, moved.ends_at = (at + timedelta(days=1) for at in (moved.starts_at, moved.ends_at))
    moved.save()

    response = client.get("/events/yoga/2021-06-11.ics")

    _, [entry] = read(response.content)
    assert entry.decoded("dtstart").date() == date(2021, 6, 12)
    assert (str(entry["status"]), str(entry["uid"]).partition("@")[0]) == (
        "CANCELLED",
        f"event-{event.pk}-date-20210611",
    )
    assert response["Content-Disposition"] == 'attachment; filename="yoga-2021-06-11.ics"'


@pytest.mark.parametrize("day", ["2021-06-12", "2021-13-40", "0000-00-00"])
def test_a_day_without_a_date_has_no_file(client, day):
    create_event(slug="yoga", rule="FREQ=WEEKLY;BYDAY=FR;COUNT=3")

    assert client.get(f"/events/yoga/{day}.ics").status_code == 404


def test_the_calendars_of_a_topic_and_a_place_have_theirs(client):
    hearts, mill = Topic.objects.create(name="Hearts", slug="hearts"), create_location(name="Mill", slug="mill")
    here = create_event(title="Here", first_day=date(2099, 1, 1), location=mill, topics=[hearts])
    moved = create_event(title="Moved here", first_day=date(2099, 1, 2), location=create_location())
    moved.dates.update(location=mill)
    gone = create_event(title="Not here any more", first_day=date(2099, 1, 3), location=mill)
    gone.dates.update(place="Town hall")
    create_event(title="Elsewhere", first_day=date(2099, 1, 4))

    titles = {
        address: [str(entry["summary"]) for entry in read(client.get(address).content)[1]]
        for address in ("/events/topics/hearts.ics", "/events/locations/mill.ics")
    }

    assert titles == {
        "/events/topics/hearts.ics": [here.title],
        "/events/locations/mill.ics": [here.title, moved.title],
    }
    assert client.get("/events/topics/none.ics").status_code == 404


def test_a_calendar_that_is_known_is_not_sent_again(client):
    create_event(first_day=date(2099, 1, 1))
    first = client.get("/events/calendar.ics")

    again = client.get("/events/calendar.ics", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, max-age=60"


def test_programs_are_told_when_to_ask_again(client):
    calendar, _ = read(client.get("/events/calendar.ics").content)

    assert calendar["refresh-interval"].to_ical() == b"PT1H"
    assert calendar["refresh-interval"].params["VALUE"] == "DURATION"
    assert str(calendar["x-published-ttl"]) == "PT1H"


def test_a_calendar_of_very_many_events_says_that_it_has_the_next_ones(client, monkeypatch):
    monkeypatch.setattr(calendars, "MOST", 2)
    for day in (3, 1, 2):
        create_event(title=f"Day {day}", first_day=date(2099, 1, day))

    calendar, entries = read(client.get("/events/calendar.ics").content)

    assert [str(entry["summary"]) for entry in entries] == ["Day 1", "Day 2"]
    assert str(calendar["x-wr-caldesc"]).startswith("The next 2 events.")
