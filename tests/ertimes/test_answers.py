"""The waits on a page of results."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from ertimes.answers import board_answer, department_answer
from search.rebuilding import rebuild
from tests.factories import create_department, create_reading

pytestmark = pytest.mark.django_db

NOON = datetime(2021, 6, 4, 16, tzinfo=UTC)


@pytest.fixture
def backus():
    department = create_department(name="Backus Emergency", slug="backus")
    create_reading(department=department, observed_at=NOON - timedelta(minutes=1), minutes=25)
    return department


@pytest.mark.parametrize("query", ["ER", "er wait times", "backus emergency"])
def test_the_wait_is_shown_with_its_time_and_its_meaning(client, backus, query):
    rebuild()

    with time_machine.travel(NOON, tick=False):
        content = client.get("/search/", {"q": query}).content.decode()

    card = content.partition('<section class="answer"')[2].partition("</section>")[0]
    assert '<p class="wait-board__wait">25 ' in card
    assert "data-expires-at" in card
    assert "11:59 AM" in card
    assert backus.definition in card.replace("&#x27;", "'")


def test_a_page_with_a_wait_is_kept_no_longer_than_the_wait_holds(client, backus):
    over = NOON - timedelta(minutes=1) + backus.shown_for
    rebuild()

    with time_machine.travel(over - timedelta(seconds=10), tick=False):
        response = client.get("/search/", {"q": "er"})

    assert response["Cache-Control"] == "public, must-revalidate, max-age=10"
    assert response["Server-Timing"].startswith("sent;")


def test_an_old_wait_is_not_shown(client, backus):
    rebuild()

    with time_machine.travel(NOON + timedelta(hours=5), tick=False):
        content = client.get("/search/", {"q": "er"}).content.decode()

    assert "wait-board__wait" not in content
    assert "Wait time not available right now" in content


def test_without_a_department_there_is_no_card():
    assert board_answer() is None
    assert department_answer(create_department(published_at=None).pk) is None


def test_a_wait_that_never_changes_holds_as_long_as_any_page():
    create_department()

    assert board_answer().holds_for == 60
