"""An event is copied: as a draft, on another day, with nobody registered."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType

from events.copying import free_slug
from events.models import Event, Question, Topic
from publishing.models import Draft
from tests.factories import create_editor, create_event, create_registration, create_superuser

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def series():
    topic = Topic.objects.create(name="Heart health", slug="heart-health")
    event = create_event(
        title="Walks",
        slug="walks",
        first_day=TUESDAY,
        start_time=time(18),
        end_time=time(19),
        rule="FREQ=WEEKLY;BYDAY=TU;UNTIL=20261222",
        left_out=[date(2026, 12, 8)],
        place="Lobby",
        sign_up_by="here",
        seats=9,
        topics=[topic],
    )
    Question.objects.create(event=event, text="How did you hear of us?")
    create_registration(event.dates.first())
    event.dates.update(status="cancelled")
    ContentType.objects.get_for_models(Event, Question)  # else the first history of all asks for them one by one
    return event


def copy(client, event, **fields):
    return client.post(f"/admin/events/event/{event.pk}/copy/", {"title": "Walks", "first_day": "", **fields})


def test_a_copy_is_a_draft_whose_days_move_along(client):
    event = series()
    client.force_login(create_superuser())

    response = copy(client, event, first_day="2027-01-05")

    made = Event.objects.exclude(pk=event.pk).get()
    assert response["Location"] == f"/admin/events/event/{made.pk}/change/"
    assert (made.slug, made.published_at, made.seats, made.place) == ("walks-2", None, 9, "Lobby")
    assert (made.rule, made.left_out) == ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270202", [date(2027, 1, 19)])
    assert [topic.slug for topic in made.topics.all()] == ["heart-health"]
    assert [question.text for question in made.questions.all()] == ["How did you hear of us?"]
    assert list(made.dates.values_list("day", "status").order_by("day")) == [
        *((date(2027, 1, 5), "on"), (date(2027, 1, 12), "on"), (date(2027, 1, 26), "on"), (date(2027, 2, 2), "on")),
    ]
    assert Draft.objects.about(made).count() == 1
    assert event.questions.count() == 1


def test_without_a_day_it_is_to_be_announced(client):
    event = series()
    client.force_login(create_superuser())

    copy(client, event)

    made = Event.objects.exclude(pk=event.pk).get()
    assert (made.timing, made.first_day, made.rule, made.dates.count()) == ("announced", None, "", 0)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"title": ""}, "This field is required."),
        ({"first_day": "2027-01-06"}, "The series is not on this day of the week or month."),
        ({"first_day": "9999-12-31"}, "Give a day between the years 1900 and 2200."),
        ({"first_day": "soon"}, "Enter a valid date."),
    ],
)
def test_what_cannot_be_copied_is_told(client, fields, told):
    event = series()
    client.force_login(create_superuser())

    response = copy(client, event, **fields)

    assert response.status_code == 200
    assert told in response.content.decode()
    assert Event.objects.count() == 1


@pytest.mark.parametrize("title", ["Past", "Calendar", "Registration", "2027"])
def test_a_copy_takes_no_address_of_another_page(title):
    assert free_slug(title) == f"{title.lower()}-2"


def test_who_may_not_add_may_not_copy(client):
    event = series()
    client.force_login(create_editor(permissions=["view_event", "change_event"]))

    assert copy(client, event).status_code == 403
