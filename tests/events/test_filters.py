from datetime import UTC, date, datetime

import pytest
import time_machine

from events.models import Audience, Event, Topic
from tests.factories import create_event, create_location

pytestmark = pytest.mark.django_db

LIST = "/events/"
JUNE_4 = datetime(2021, 6, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _june_4():
    with time_machine.travel(JUNE_4, tick=False):
        yield


@pytest.fixture
def site():
    """Make events that differ in everything by which one can choose."""
    hearts, births = (Topic.objects.create(name=name, slug=name.lower()) for name in ("Hearts", "Births"))
    parents = Audience.objects.create(name="Parents", slug="parents")
    mill = create_location(name="Mill", slug="mill")
    create_event(title="Heart walk", first_day=date(2021, 6, 10), topics=[hearts], free=True)
    create_event(
        title="Birth class",
        first_day=date(2021, 6, 7),
        rule="FREQ=WEEKLY;BYDAY=MO",
        topics=[births],
        audiences=[parents],
        location=mill,
        languages="English, Spanish",
    )
    create_event(title="Course", timing=Event.Timing.ANY_TIME, topics=[births], online=True, languages="Spanish")
    create_event(title="Over", first_day=date(2021, 6, 1), location=create_location(name="Old", slug="old"))


def found(client, query):
    """Return the titles of the list that `query` asks for, in their order."""
    context = client.get(f"{LIST}?{query}").context
    dated = [shown.event.title for _month, dates in context["groups"] for shown in dates]
    return dated + [event.title for event in [*context["announced"], *context["any_time"]]]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Birth class", "Heart walk", "Course"]),
        ("topic=hearts", ["Heart walk"]),
        ("topic=births", ["Birth class", "Course"]),
        ("location=mill", ["Birth class"]),
        ("audience=parents", ["Birth class"]),
        ("language=Spanish", ["Birth class", "Course"]),
        ("language=English", ["Birth class"]),
        ("online=on", ["Course"]),
        ("free=on", ["Heart walk"]),
        ("from=2021-06-08", ["Heart walk", "Birth class"]),
        ("to=2021-06-07", ["Birth class"]),
        ("from=2021-06-11&to=2021-06-13", []),
        ("topic=births&free=on", []),
        ("topic=hearts&free=on&from=2021-06-10&to=2021-06-10", ["Heart walk"]),
    ],
)
@pytest.mark.usefixtures("site")
def test_only_what_fits_is_shown(client, query, titles):
    assert found(client, query) == titles


@pytest.mark.usefixtures("site")
def test_a_series_stands_at_its_next_date_in_the_days_asked_for(client):
    [[_month, [shown]]] = client.get(f"{LIST}?topic=births&from=2021-06-20").context["groups"]

    assert shown.date.first_day == date(2021, 6, 21)


@pytest.mark.usefixtures("site")
def test_a_date_elsewhere_is_found_where_it_is(client):
    Event.objects.get(title="Birth class").dates.filter(day=date(2021, 6, 7)).update(place="Town hall")

    [[_month, [shown]]] = client.get(f"{LIST}?location=mill").context["groups"]

    assert shown.date.first_day == date(2021, 6, 14)


@pytest.mark.usefixtures("site")
def test_only_choices_that_have_events_are_offered(client):
    Topic.objects.create(name="Empty", slug="empty")

    form = client.get(LIST).context["form"]

    offered = {name: [label for value, label in form.fields[name].choices if value] for name in ("topic", "location")}
    assert offered == {"topic": ["Births", "Hearts"], "location": ["Mill"]}
    assert [field.name for field in form.shown] == [
        *("topic", "location", "audience", "language", "online", "free", "from", "to")
    ]


def test_nothing_is_offered_where_there_is_nothing(client):
    assert [field.name for field in client.get(LIST).context["form"].shown] == ["from", "to"]


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("topic=none", "topic", "Nothing here has that. Choose one of the list."),
        ("topic=%00", "topic", "Nothing here has that. Choose one of the list."),
        ("from=2021-13-01", "from", "There is no such day. Write it as year-month-day, such as 2026-12-24."),
        ("to=9999-12-31", "to", "There is no such day. Write it as year-month-day, such as 2026-12-24."),
        ("from=99999999999999999999", "from", "There is no such day. Write it as year-month-day, such as 2026-12-24."),
        ("from=2021-06-10&to=2021-06-09", "to", "The last day lies before the first."),
    ],
)
@pytest.mark.usefixtures("site")
def test_what_cannot_be_is_told(client, query, field, sentence):
    response = client.get(f"{LIST}?{query}")

    assert response.context["form"].errors == {field: [sentence]}
    assert response.content.decode().count(sentence) == 3  # above the form, beside the field, in the empty list
    assert found(client, query) == []


@pytest.mark.usefixtures("site")
def test_an_empty_list_says_what_was_asked_for_and_leads_out(client):
    content = client.get(f"{LIST}?topic=hearts&from=2021-07-01").content.decode()

    assert "You asked for: Topic: Hearts; From: July 1, 2021" in " ".join(content.split())
    assert '<a class="more" href="/events/">Show all' in content


@pytest.mark.usefixtures("site")
def test_htmx_gets_the_list_alone(client):
    response = client.get(f"{LIST}?topic=hearts", headers={"hx-request": "true"})

    content = response.content.decode()
    assert "<html" not in content
    assert "1 event fits" in content
    assert response["Vary"] == "HX-Request"


@pytest.mark.usefixtures("site")
def test_a_month_keeps_what_was_chosen(client):
    content = client.get("/events/2021/6/?topic=births&online=").content.decode()

    assert 'href="/events/2021/7/?topic=births"' in content
    assert "Heart walk" not in content.partition("<main")[2]
    assert content.count(">Birth class<") == 2 * 4  # each Monday, in the grid and in the list


@pytest.mark.usefixtures("site")
def test_htmx_gets_the_month_alone_with_its_title(client):
    content = client.get("/events/2021/7/", headers={"hx-request": "true"}).content.decode()

    assert "<html" not in content
    assert "<title>Events in July 2021" in content
    assert "July 2021: 4 dates" in content
