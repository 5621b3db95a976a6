import re
from datetime import UTC, date, datetime, time

import pytest
import time_machine

from events.models import Event, Topic
from events.views import lists
from publishing import paging
from publishing.months import Month
from tests.factories import (
    create_contact,
    create_editor,
    create_event,
    create_image,
    create_location,
    create_registration,
)

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
        topic = Topic.objects.create(name=f"Topic {day}", slug=f"topic-{day}")
        places = {"image": create_image(), "location": create_location()}
        event = create_event(first_day=date(2021, 6, 5 + day), topics=[topic], sign_up_by="here", seats=9, **places)
        event.dates.update(status="cancelled")
        create_event(timing=Timing.ANY_TIME, image=create_image(), location=create_location())

    with django_assert_num_queries(
        3 + 4
    ):  # the frame; choices, which dates, those without a day, dates with their seats
        response = client.get(LIST)

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_a_month_asks_as_many_queries_whatever_its_length(client, django_assert_num_queries, rows):
    for day in range(rows):
        places = {"image": create_image(), "location": create_location()}
        create_event(first_day=date(2021, 6, 5 + day), sign_up_by="here", seats=9, **places)

    with django_assert_num_queries(3 + 4):  # the frame; choices, which dates, first and last, dates with their seats
        response = client.get("/events/2021/06/")

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_a_past_year_asks_as_many_queries_whatever_its_length(client, django_assert_num_queries, rows):
    for day in range(rows):
        create_event(first_day=date(2021, 5, 5 + day), image=create_image(), location=create_location())

    with django_assert_num_queries(3 + 3):  # the frame; years, which dates, dates
        response = client.get("/events/past/2021/")

    assert response.status_code == 200


def test_an_empty_list_is_a_page(client):
    assert client.get(LIST).status_code == 200
    assert client.get("/events/2021/06/").status_code == 200


def titles_of(response):
    """Return [(first day of the month, [title, ...]), ...] of a list."""
    return [(month, [shown.event.title for shown in dates]) for month, dates in response.context["groups"]]


def test_the_list_stands_by_month(client):
    create_event(title="July", first_day=date(2021, 7, 1))
    create_event(title="June", first_day=date(2021, 6, 30), start_time=time(23), end_time=time(23, 30))
    create_event(title="Today", first_day=date(2021, 6, 4))
    create_event(first_day=date(2021, 6, 3))
    create_event(first_day=date(2021, 6, 5), published_at=None)
    self_paced = create_event(timing=Timing.ANY_TIME)
    unknown = create_event(timing=Timing.TO_BE_ANNOUNCED)

    response = client.get(LIST)

    assert titles_of(response) == [(date(2021, 6, 1), ["Today", "June"]), (date(2021, 7, 1), ["July"])]
    assert response.context["any_time"] == [self_paced]
    assert response.context["announced"] == [unknown]
    assert "Day to be announced" in main_of(response)


def test_a_series_stands_once_at_its_next_date(client):
    create_event(title="Yoga", first_day=date(2021, 5, 3), rule="FREQ=WEEKLY;BYDAY=MO")

    response = client.get(LIST)

    [[_month, [shown]]] = response.context["groups"]
    assert shown.date.first_day == date(2021, 6, 7)
    assert "Every Monday" in main_of(response)


def test_a_cancelled_date_says_so_and_which_comes_next(client):
    event = create_event(first_day=date(2021, 6, 7), rule="FREQ=WEEKLY;BYDAY=MO")
    first, second, *_later = event.dates.order_by("day")
    for row, status in ((first, "cancelled"), (second, "postponed")):
        row.status, row.status_note = status, "The room is wet."
        row.save()

    main = main_of(client.get(LIST))

    assert "<strong>Cancelled</strong> <span>The room is wet.</span>" in main
    assert "Next: June 21, 2021, 10:00 AM" in main


def test_a_list_tells_of_seats_and_places(client):
    few = create_event(title="Few", first_day=date(2021, 6, 5), sign_up_by="here", seats=3, place="Room 1", free=True)
    create_registration(few.dates.get(), party=2)
    full = create_event(title="Full", first_day=date(2021, 6, 6), sign_up_by="here", seats=1, waiting_list=False)
    create_registration(full.dates.get())
    online = create_event(title="Online", first_day=date(2021, 6, 7), place="Room 2", languages="Spanish")
    online.dates.update(status="moved_online")

    [[_month, shown]] = client.get(LIST).context["groups"]

    assert [(each.status, each.where) for each in shown] == [
        ("1 seat left", "Room 1"),
        ("Full", ""),
        ("Moved online", "Online"),
    ]


def test_a_month_shows_every_date_on_each_of_its_days(client):
    create_event(title="Past", first_day=date(2021, 6, 1), start_time=time(23), end_time=time(23, 30))
    create_event(title="Long", timing=Timing.ALL_DAY, first_day=date(2021, 5, 31), last_day=date(2021, 6, 2))
    create_event(title="Series", first_day=date(2021, 5, 2), rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=SU")

    context = client.get("/events/2021/6/").context

    assert {day.day.day: [shown.event.title for shown in day.shown] for day in context["days"]} == {
        1: ["Long", "Past"],
        2: ["Long"],
        13: ["Series"],
        27: ["Series"],
    }
    assert [day.day for day in context["weeks"][0]][::6] == [date(2021, 5, 30), date(2021, 6, 5)]
    assert context["count"] == 4


def test_a_day_with_very_many_leads_to_its_list(client):
    for number in range(10):
        create_event(title=f"Class {number}", first_day=date(2021, 6, 9))

    main = main_of(client.get("/events/2021/6/"))

    assert main.count('href="/events/?from=2021-06-09&amp;to=2021-06-09">6 more') == 2  # in the grid, and in the list


def test_a_day_that_the_list_no_longer_has_is_told_whole(client):
    for day in (3, 4, 5):  # past, today, to come
        for number in range(6):
            create_event(title=f"Class {number}", first_day=date(2021, 6, day), start_time=time(6), end_time=time(7))

    response = client.get("/events/2021/6/")

    assert [(day.day.day, len(day.shown), day.more) for day in response.context["days"]] == [
        *((3, 6, 0), (4, 6, 0), (5, 4, 2)),
    ]
    assert main_of(response).count('href="/events/?from=2021-06-05&amp;to=2021-06-05">2 more') == 2


def test_the_list_of_a_day_keeps_what_else_was_chosen(client):
    Topic.objects.create(name="Hearts", slug="hearts")
    for number in range(5):
        create_event(title=f"Class {number}", first_day=date(2021, 6, 9), topics=Topic.objects.all(), free=True)
    create_event(title="Another", first_day=date(2021, 6, 9))

    main = main_of(client.get("/events/2021/6/?free=on&topic=hearts&audience="))

    assert main.count('href="/events/?from=2021-06-09&amp;to=2021-06-09&amp;free=on&amp;topic=hearts">1 more') == 2


def test_what_began_long_ago_and_goes_on_stands_first(client):
    create_event(title="Exhibition", timing=Timing.ALL_DAY, first_day=date(2021, 2, 1), last_day=date(2021, 9, 1))
    create_event(title="Over", timing=Timing.ALL_DAY, first_day=date(2021, 2, 1), last_day=date(2021, 6, 3))
    create_event(
        title="Night", first_day=date(2021, 6, 3), start_time=time(22), end_time=time(9), last_day=date(2021, 6, 4)
    )
    create_event(title="Class", first_day=date(2021, 6, 9))

    assert titles_of(client.get(LIST)) == [
        (date(2021, 2, 1), ["Exhibition"]),
        (date(2021, 6, 1), ["Night", "Class"]),
    ]
    days = client.get("/events/2021/7/").context["days"]
    assert [day.day.day for day in days if [shown.event.title for shown in day.shown] == ["Exhibition"]] == [
        *range(1, 32)
    ]


def test_a_long_list_is_counted_a_few_pages_ahead(client, monkeypatch):
    monkeypatch.setattr(lists, "PER_PAGE", 1)
    monkeypatch.setattr(paging, "PAGES_AHEAD", 2)
    for number in range(5):
        create_event(title=f"Class {number}", first_day=date(2021, 6, 9), free=True)

    first, third, beyond = (client.get(LIST, {"free": "on", "page": number}) for number in (1, 3, 6))

    assert "More than 3 events fit" in main_of(first)
    assert (first.context["page"].more, first.context["page"].paginator.count) == (True, 3)
    assert "5 events fit" in main_of(third)
    assert (third.context["page"].more, third.context["page"].paginator.count) == (False, 5)
    assert beyond.status_code == 404


def test_a_month_is_a_table_with_weekdays_as_headers(client):
    create_event(first_day=date(2021, 6, 9))

    main = main_of(client.get("/events/2021/6/"))

    assert re.findall(r'<th [^>]*scope="col">.*?visually-hidden">(\w+)<', main) == [
        *("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
    ]
    assert main.count('aria-current="date"') == 1


def test_past_events_stand_under_their_year(client):
    create_event(title="Series", first_day=date(2020, 12, 20), rule="FREQ=WEEKLY;BYDAY=SU;COUNT=4")
    create_event(title="Today", first_day=date(2021, 6, 4))
    create_event(title="May", first_day=date(2021, 5, 4))

    assert titles_of(client.get("/events/past/")) == [(date(2021, 5, 1), ["May"]), (date(2021, 1, 1), ["Series"])]
    assert titles_of(client.get("/events/past/2020/")) == [(date(2020, 12, 1), ["Series"])]
    assert titles_of(client.get("/events/past/2019/")) == []
    assert client.get("/events/past/2021/").context["years"] == [2021, 2020]


@pytest.mark.parametrize("year", ["0", "1899", "2201", "9" * 30])
def test_a_year_of_no_calendar_is_not_found(client, year):
    assert client.get(f"/events/past/{year}/").status_code == 404


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
        ({}, ("2021-06-04T10:00:00-04:00", "2021-06-04T11:30:00-04:00")),
        ({"end_time": None}, ("2021-06-04T10:00:00-04:00", None)),
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
