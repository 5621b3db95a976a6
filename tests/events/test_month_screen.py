"""The coordinator's month: every date with its state, and a way to add one on a day."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from events.admin.month_screen import SHOWN_A_DAY
from events.models import EventDate
from tests.factories import create_editor, create_event, create_superuser

pytestmark = pytest.mark.django_db

MONTH = "/admin/events/event/month/"
NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def coordinator(client):
    client.force_login(create_superuser())


def words(response):
    return " ".join(response.content.decode().split())


def shown(response):
    return {
        cell["day"]: [row["date"].event.title for row in cell["dates"]]
        for week in response.context["weeks"]
        for cell in week
        if cell["dates"]
    }


def test_a_month_shows_all_dates_drafts_too(client, coordinator):
    create_event(title="Walk", first_day=date(2026, 11, 3), start_time=time(10), rule="FREQ=WEEKLY;BYDAY=TU;COUNT=3")
    create_event(title="Draft", first_day=date(2026, 11, 3), start_time=time(8), published_at=None)
    create_event(title="Fair", timing="all_day", first_day=date(2026, 11, 28), last_day=date(2026, 11, 29))
    create_event(title="Late", first_day=date(2026, 11, 30), start_time=time(23), end_time=None)
    EventDate.objects.filter(day=date(2026, 11, 10)).update(status="cancelled")

    response = client.get(MONTH)

    assert shown(response) == {
        date(2026, 11, 3): ["Draft", "Walk"],
        date(2026, 11, 10): ["Walk"],
        date(2026, 11, 17): ["Walk"],
        date(2026, 11, 28): ["Fair"],
        date(2026, 11, 29): ["Fair"],
        date(2026, 11, 30): ["Late"],
    }
    page = words(response)
    assert '<span class="month__word">Draft</span>' in page
    assert '<span class="month__word">Cancelled</span>' in page
    assert 'href="/admin/events/event/add/?first_day=2026-11-03"' in page
    assert 'href="?month=2026-10"' in page
    assert 'href="?month=2026-12"' in page


def test_a_full_day_leads_to_all_of_it(client, coordinator):
    for number in range(SHOWN_A_DAY + 2):
        create_event(title=f"Class {number}", first_day=date(2026, 12, 5))

    month = client.get(MONTH, {"month": "2026-12"})
    day = client.get(MONTH, {"day": "2026-12-05"})

    assert len(shown(month)[date(2026, 12, 5)]) == SHOWN_A_DAY
    assert '<a href="?day=2026-12-05">2 more' in words(month)
    assert len(shown(day)[date(2026, 12, 5)]) == SHOWN_A_DAY + 2


def test_the_form_begins_with_the_day_that_was_chosen(client, coordinator):
    form = client.get("/admin/events/event/add/", {"first_day": "2026-12-05"}).context["adminform"].form

    assert 'value="2026-12-05"' in str(form["first_day"])


@pytest.mark.parametrize("query", [{"month": "2026-13"}, {"month": "x"}, {"month": "9999-01"}, {"day": "2026-02-30"}])
def test_a_month_that_does_not_exist_is_not_found(client, coordinator, query):
    assert client.get(MONTH, query).status_code == 404


@pytest.mark.parametrize("text", ["1900-01", "2200-12", ""])
def test_the_first_and_the_last_month_are_shown(client, coordinator, text):
    assert client.get(MONTH, {"month": text}).status_code == 200


def test_who_may_not_look_may_not_see_the_month(client):
    client.force_login(create_editor())

    assert client.get(MONTH).status_code == 403
