"""What browsers and caches between are told of a page with a wait."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from pages.models import Block
from tests.factories import create_block, create_department, create_page, create_reading

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
HTMX = {"hx-request": "true"}
PLACES = [
    pytest.param("/er/", {}, id="board"),
    pytest.param("/er/", HTMX, id="list"),
    # Not a department's whole page: its chart moves on with the minutes.
    pytest.param("/er/backus/", HTMX, id="wait-of-a-department"),
    pytest.param("/er/backus/widget/", {}, id="widget"),
    pytest.param("/er/wait-times.json", {}, id="open-data"),
    pytest.param("/", {}, id="home"),
]


@pytest.fixture
def department():
    home = create_page(path="")
    create_block(page=home, kind=Block.Kind.SECTION, section=Block.Section.ER_WAITS, heading="Waits")
    return create_department(slug="backus", plain_minutes=15, shown_minutes=60)


@pytest.mark.parametrize(("address", "headers"), PLACES)
def test_who_has_it_already_is_told_so_until_something_changes(client, department, address, headers):
    create_reading(department=department, observed_at=NOON, minutes=37)
    with time_machine.travel(NOON, tick=False):
        first = client.get(address, headers=headers)
    known = {**headers, "if-none-match": first["ETag"]}

    with time_machine.travel(NOON + timedelta(minutes=14, seconds=50), tick=False):
        same = client.get(address, headers=known)
    with time_machine.travel(NOON + timedelta(minutes=15), tick=False):
        older = client.get(address, headers=known)
    create_reading(department=department, observed_at=NOON + timedelta(minutes=1), minutes=38)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        other = client.get(address, headers=known)

    assert (first.status_code, same.status_code, older.status_code, other.status_code) == (200, 304, 200, 200)
    assert (same.content, same["ETag"]) == (b"", first["ETag"])
    assert set(same["Cache-Control"].split(", ")) == {"public", "must-revalidate", "max-age=10"}
    assert same.get("Vary") == first.get("Vary")


def test_the_time_at_which_a_page_was_sent_is_in_its_head_alone(client, department):
    create_reading(department=department, observed_at=NOON)

    answers = []
    for seconds in (0, 5):
        with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
            answers.append(client.get("/er/"))

    assert answers[0].content == answers[1].content
    assert [answer["Server-Timing"] for answer in answers] == [
        'sent;desc="2026-03-02T17:00:00.000+00:00"',
        'sent;desc="2026-03-02T17:00:05.000+00:00"',
    ]


@pytest.mark.parametrize("address", ["/er/nowhere/", "/er/nowhere/widget/", "/er/nowhere/on-my-way/", "/er/a/b/c/"])
def test_what_is_not_there_is_kept_in_no_cache(client, db, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response
