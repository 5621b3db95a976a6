import re
from datetime import UTC, date, datetime, time

import pytest
import time_machine

from events.models import Event
from publishing.months import Month
from tests.factories import create_contact, create_editor, create_event, create_image, create_location

pytestmark = pytest.mark.django_db

Timing = Event.Timing
LIST = "/events/"
JUNE_4 = datetime(2021, 6, 4, 12, tzinfo=UTC)
AN_HOUR = re.compile(r"\d{1,2}:\d\d|\bnoon\b|\bmidnight\b|\b[AP]M\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _june_4():
    with time_machine.travel(JUNE_4, tick=False):
        yield


def main_of(response):
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_many_queries_whatever_its_length(client, django_assert_num_queries, rows):
    for day in range(rows):
        create_event(first_day=date(2021, 6, 5 + day), image=create_image(), location=create_location())
        create_event(timing=Timing.ANY_TIME, image=create_image(), location=create_location())

    with django_assert_num_queries(3 + 4):  # the frame; count, events, self-paced ones, months
        response = client.get(LIST)

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_a_month_asks_as_many_queries_whatever_its_length(client, django_assert_num_queries, rows):
    for day in range(rows):
        create_event(first_day=date(2021, 6, 5 + day), image=create_image(), location=create_location())

    with django_assert_num_queries(3 + 2):
        response = client.get("/events/2021/06/")

    assert response.status_code == 200


def test_an_empty_list_is_a_page(client):
    assert client.get(LIST).status_code == 200
    assert client.get("/events/2021/06/").status_code == 200


def test_the_list_stands_by_month(client):
    july = create_event(first_day=date(2021, 7, 1))
    june = create_event(first_day=date(2021, 6, 30), start_time=time(23), end_time=time(23, 30))
    today = create_event(first_day=date(2021, 6, 4))
    create_event(first_day=date(2021, 6, 3))
    create_event(first_day=date(2021, 6, 5), published_at=None)
    self_paced = create_event(timing=Timing.ANY_TIME)

    context = client.get(LIST).context

    assert context["groups"] == [(date(2021, 6, 1), [today, june]), (date(2021, 7, 1), [july])]
    assert list(context["any_time"]) == [self_paced]
    assert context["months"] == [Month(2021, 7), Month(2021, 6)]


def test_a_month_shows_past_events_too(client):
    past = create_event(first_day=date(2021, 5, 31), start_time=time(23), end_time=time(23, 30))

    context = client.get("/events/2021/5/").context

    assert context["events"] == [past]
    assert context["month"] == Month(2021, 5)


def test_a_month_leads_on_as_far_as_there_are_events(client):
    create_event(first_day=date(2021, 4, 30))
    create_event(first_day=date(2021, 6, 1))
    create_event(first_day=date(2021, 9, 1), published_at=None)

    neighbours = {
        month: (context["previous"], context["next"])
        for month in (4, 5, 6, 8)
        for context in [client.get(f"/events/2021/{month}/").context]
    }

    assert neighbours == {
        4: (None, Month(2021, 5)),
        5: (Month(2021, 4), Month(2021, 6)),
        6: (Month(2021, 5), None),
        8: (Month(2021, 7), None),
    }


@pytest.mark.parametrize("address", ["/events/2021/0/", "/events/2021/13/", "/events/0/1/", f"/events/{10**30}/1/"])
def test_a_month_of_no_calendar_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("timing", [Timing.ANY_TIME, Timing.ALL_DAY])
def test_an_event_without_an_hour_never_shows_one(client, timing):
    days = {} if timing == Timing.ANY_TIME else {"first_day": date(2021, 6, 10), "last_day": date(2021, 6, 12)}
    event = create_event(timing=timing, title="Class", **days)

    for address in (LIST, event.get_absolute_url()):
        visible = re.sub(r"<[^>]+>", " ", main_of(client.get(address)))
        assert AN_HOUR.findall(visible) == []
        assert ("Any time" in visible) == (timing == Timing.ANY_TIME)


def test_an_event_shows_day_and_hour_as_the_hospital_writes_them(client):
    event = create_event(first_day=date(2021, 6, 10), start_time=time(10), end_time=time(11, 30))

    visible = " ".join(re.sub(r"<[^>]+>", " ", main_of(client.get(event.get_absolute_url()))).split())

    assert "June 10, 2021" in visible
    assert "10:00 AM" in visible
    assert "11:30 AM" in visible


def test_no_event_shows_midnight_to_midnight(client):
    create_event(first_day=date(2021, 6, 10), start_time=time(10), end_time=None)
    create_event(timing=Timing.ALL_DAY, first_day=date(2021, 6, 10))

    assert "12:00 AM" not in main_of(client.get(LIST))
    assert "midnight" not in main_of(client.get(LIST))


@pytest.mark.parametrize(
    ("fields", "dates"),
    [
        ({"timing": Timing.ALL_DAY, "last_day": date(2021, 6, 6)}, ("2021-06-04", "2021-06-06")),
        ({}, ("2021-06-04T14:00:00+00:00", "2021-06-04T15:30:00+00:00")),
        ({"end_time": None}, ("2021-06-04T14:00:00+00:00", None)),
    ],
)
def test_search_engines_are_told_the_dates(client, fields, dates):
    event = create_event(**fields)

    data = client.get(event.get_absolute_url()).context["head"].json_ld[1]

    assert (data["@type"], data["startDate"], data.get("endDate")) == ("Event", *dates)


def test_a_self_paced_class_is_no_event_to_search_engines(client):
    event = create_event(timing=Timing.ANY_TIME)

    structured = client.get(event.get_absolute_url()).context["head"].json_ld

    assert [data["@type"] for data in structured] == ["BreadcrumbList"]


def test_a_past_event_says_that_it_is_over(client):
    assert client.get(create_event(first_day=date(2021, 6, 3)).get_absolute_url()).context["over"] is True
    assert client.get(create_event(first_day=date(2021, 6, 5)).get_absolute_url()).context["over"] is False


def test_a_contact_that_is_a_draft_is_not_shown(client):
    hidden = create_event(contact=create_contact(published_at=None))
    shown = create_event(contact=create_contact(number="860-889-8331"))

    assert client.get(hidden.get_absolute_url()).context["contact"] is None
    assert client.get(shown.get_absolute_url()).context["contact"] == shown.contact


def test_a_draft_is_there_for_its_editors_only_and_kept_in_no_cache(client):
    draft = create_event(published_at=None)
    assert client.get(draft.get_absolute_url()).status_code == 404

    client.force_login(create_editor(permissions=["change_event"]))
    response = client.get(draft.get_absolute_url())

    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
