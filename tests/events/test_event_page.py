import re
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from events.dates import write_dates
from events.models import Event, SeriesChange, Topic
from tests.factories import create_contact, create_event, create_location, create_registration, create_service

pytestmark = pytest.mark.django_db

JUNE_4 = datetime(2021, 6, 4, 12, tzinfo=UTC)
MONDAY = date(2021, 6, 7)
WEEKLY = {"first_day": MONDAY, "rule": "FREQ=WEEKLY;BYDAY=MO"}


@pytest.fixture(autouse=True)
def _june_4():
    with time_machine.travel(JUNE_4, tick=False):
        yield


def page_of(client, event):
    """Return (response, the words of its main part)."""
    response = client.get(event.get_absolute_url())
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return response, " ".join(re.sub(r"<[^>]+>", " ", main).split())


def structured(response):
    return [data for data in response.context["head"].json_ld if data["@type"] == "Event"]


@pytest.mark.parametrize("rows", [1, 4])
def test_a_page_asks_as_many_queries_whatever_its_length(client, django_assert_num_queries, rows):
    topic, contact = Topic.objects.create(name="Hearts", slug="hearts"), create_contact(number="860-889-8331")
    event = create_event(
        **WEEKLY | {"rule": f"FREQ=WEEKLY;COUNT={rows}"},
        topics=[topic],
        contact=contact,
        sign_up_by="here",
        location=create_location(),
    )
    for day in range(rows):
        create_event(first_day=date(2021, 6, 5 + day), topics=[topic], location=create_location())

    # The frame; event, dates with their seats, numbers, topics and audiences, related.
    with django_assert_num_queries(3 + 5):
        response = client.get(event.get_absolute_url())

    assert response.status_code == 200


def test_six_dates_stand_there_and_the_others_a_click_away(client):
    response, words = page_of(client, create_event(**WEEKLY))

    assert [len(response.context[name]) for name in ("dates", "later_dates")] == [6, 46]
    assert "Every Monday" in words
    assert "Later dates are in the month view" in words


def test_a_date_that_is_off_is_said_first_with_the_next_one(client):
    event = create_event(**WEEKLY)
    event.dates.filter(day=MONDAY).update(status="postponed", status_note="The leader is ill.")

    _, words = page_of(client, event)

    assert "Postponed: Monday, June 7, 2021, 10:00 AM – 11:30 AM The leader is ill." in words
    assert "It takes place again on June 14, 2021, 10:00 AM." in words


def test_one_registers_where_there_is_room_and_reads_why_where_there_is_none(client):
    event = create_event(**WEEKLY, slug="yoga", sign_up_by="here", seats=1, waiting_list=False)
    first, second, third = event.dates.order_by("day")[:3]
    create_registration(first)
    second.status = "cancelled"
    second.save()

    response, words = page_of(client, event)

    links = re.findall(r'href="/events/yoga/register/(\d+)/"', response.content.decode())
    assert str(third.pk) in links
    assert not {str(first.pk), str(second.pk)} & set(links)
    assert "All seats are taken." in words


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Nobody has to sign up. Just come."),
        ({"sign_up_by": "elsewhere", "sign_up": "Call the front desk."}, "Call the front desk."),
        ({"sign_up_by": "elsewhere", "sign_up_url": "https://tickets.example/"}, "Where to sign up"),
        ({"sign_up_by": "here", "sign_up_url": "https://pay.example/"}, "Where to pay"),
    ],
)
def test_how_to_sign_up_is_told(client, fields, told):
    _, words = page_of(client, create_event(first_day=MONDAY, **fields))

    assert told in words


@pytest.mark.parametrize(("link_for", "is_shown"), [("everybody", True), ("registered", False)])
def test_the_link_to_take_part_is_shown_to_those_it_is_for(client, link_for, is_shown):
    link = "https://video.example/room"

    response, _ = page_of(client, create_event(first_day=MONDAY, online=True, online_url=link, online_url_for=link_for))

    assert (link in response.content.decode()) == is_shown


def test_a_clock_of_its_own_is_named(client):
    _, words = page_of(client, create_event(first_day=MONDAY, zone="America/Chicago"))

    assert "10:00 AM – 11:30 AM CDT, Chicago time" in words


def test_access_is_told_with_whom_to_ask(client):
    asked = create_contact(name="Interpreters", number="860-889-8331")

    _, words = page_of(client, create_event(first_day=MONDAY, interpreter=True, captions=True, access_contact=asked))

    assert "An interpreter is there With captions To ask for what you need: Interpreters" in words


def test_others_about_the_same_are_shown_the_next_first_and_none_that_is_off(client):
    topic, service = Topic.objects.create(name="Hearts", slug="hearts"), create_service()
    event = create_event(first_day=MONDAY, topics=[topic])
    event.services.add(service)
    create_event(title="Later", first_day=date(2021, 6, 9), topics=[topic])
    create_event(title="Sooner", first_day=date(2021, 6, 8)).services.add(service)
    off = create_event(title="Off", first_day=date(2021, 6, 8), topics=[topic])
    off.dates.update(status="cancelled")
    create_event(title="Other", first_day=date(2021, 6, 8))

    response, _ = page_of(client, event)

    assert [shown.event.title for shown in response.context["related"]] == ["Sooner", "Later"]


def test_a_changed_series_tells_both_parts(client):
    event = create_event(**WEEKLY)
    tuesday = date(2021, 7, 6)
    SeriesChange.objects.create(event=event, from_day=date(2021, 7, 5), first_day=tuesday, rule="FREQ=WEEKLY;BYDAY=TU")
    write_dates(event)

    _, words = page_of(client, event)

    assert "Every Monday From July 6, 2021: Every Tuesday" in words


def test_search_engines_are_told_what_became_of_each_date(client):
    place = create_location(name="Mill", street="1 Main Street", city="Windham")
    event = create_event(**WEEKLY, location=place, sign_up_by="here", seats=1, amount=20, waiting_list=False)
    rows = list(event.dates.order_by("day")[:5])
    for row, status in zip(rows, ["on", "cancelled", "postponed", "moved_online"], strict=False):
        row.status = status
        row.save()
    moved = rows[4]
    moved.moved_to, moved.starts_at, moved.ends_at = (
        moved.day + timedelta(days=1),
        moved.starts_at + timedelta(days=1),
        moved.ends_at + timedelta(days=1),
    )
    moved.save()
    create_registration(rows[0])

    told = structured(page_of(client, event)[0])

    assert [each["eventStatus"].rpartition("/")[2] for each in told[:5]] == [
        *("EventScheduled", "EventCancelled", "EventPostponed", "EventMovedOnline", "EventRescheduled")
    ]
    assert told[4]["previousStartDate"] == "2021-07-05T10:00:00-04:00"
    assert told[4]["startDate"] == "2021-07-06T10:00:00-04:00"
    assert told[3]["location"]["@type"] == "VirtualLocation"
    assert told[0]["location"]["address"]["streetAddress"] == "1 Main Street"
    assert told[0]["superEvent"]["@type"] == "EventSeries"
    assert [each["offers"]["availability"].rpartition("/")[2] for each in told[:2]] == ["SoldOut", "InStock"]
    assert (told[0]["offers"]["price"], told[0]["offers"]["priceCurrency"]) == ("20.00", "USD")


def test_one_can_come_or_take_part_from_home(client):
    event = create_event(first_day=MONDAY, online=True, location=create_location(), free=True)

    [told] = structured(page_of(client, event)[0])

    assert told["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [each["@type"] for each in told["location"]] == ["Place", "VirtualLocation"]
    assert told["offers"]["price"] == "0.00"


def test_links_to_other_calendars_carry_the_next_date_that_takes_place(client):
    event = create_event(title="Tea & “talk”", **WEEKLY, place="Room 2")
    event.dates.filter(day=MONDAY).update(status="cancelled")

    response, words = page_of(client, event)

    google, outlook = (address for _name, address in response.context["elsewhere"]["links"])
    asked = parse_qs(urlsplit(google).query)
    assert (asked["text"], asked["dates"]) == (["Tea & “talk”"], ["20210614T140000Z/20210614T153000Z"])
    asked = parse_qs(urlsplit(outlook).query)
    assert (asked["startdt"], asked["location"]) == (["2021-06-14T14:00:00Z"], ["Room 2"])
    assert "These links leave this site" in words
    assert response.content.decode().count('rel="noreferrer noopener"') == 2


def test_whole_days_are_kept_as_days_elsewhere(client):
    event = create_event(timing=Event.Timing.ALL_DAY, first_day=MONDAY, last_day=date(2021, 6, 8))

    links = page_of(client, event)[0].context["elsewhere"]["links"]

    google, outlook = (parse_qs(urlsplit(address).query) for _name, address in links)
    assert (google["dates"], outlook["allday"]) == (["20210607/20210609"], ["true"])


def test_hostile_words_are_words(client):
    event = create_event(
        title="</script><script>alert(1)</script>",
        first_day=MONDAY,
        start_time=time(9),
        place='"><img src=x onerror=alert(1)>',
        sign_up="{{ settings }}",
    )

    content = client.get(event.get_absolute_url()).content.decode()

    assert "<script>alert" not in content
    assert "<img src=x" not in content
    assert "{{ settings }}" in content
