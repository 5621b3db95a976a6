"""Many open boards ask at once, and the list is made once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import create_department, create_editor, create_reading

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HTMX = {"hx-request": "true"}
ADDRESSES = ["/er/", "/er/backus/", "/er/backus/widget/", "/er/wait-times.json"]


@pytest.fixture(autouse=True)
def _as_in_production(settings, monkeypatch):
    settings.WAITS_KEPT_FOR = SECOND
    monkeypatch.setattr("publishing.once._made", {})


@pytest.fixture
def department(db):
    return create_department(slug="backus", shown_minutes=60)


def text_of(client, address):
    return client.get(address, headers=HTMX).content.decode()


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/er/", 2),  # departments, the hospital's number
        ("/er/wait-times.json", 2),
        ("/er/backus/", 2),
        ("/er/backus/widget/", 2),
    ],
)
def test_a_crowd_is_answered_with_the_queries_of_one(department, address, queries):
    create_reading(department=department, observed_at=NOON, minutes=37)
    together = threading.Barrier(8)
    answers = []

    def ask():
        connections["default"] = connection_of_the_test
        together.wait(10)
        answers.append(text_of(Client(), address))

    connection_of_the_test = connections["default"]
    connection_of_the_test.inc_thread_sharing()
    crowd = [threading.Thread(target=ask) for _ in range(8)]
    with time_machine.travel(NOON, tick=False), CaptureQueriesContext(connection_of_the_test) as asked:
        for one in crowd:
            one.start()
        for one in crowd:
            one.join(20)
    connection_of_the_test.dec_thread_sharing()

    assert len(asked) == queries
    assert len(answers) == 8
    assert len(set(answers)) == 1
    assert "37" in answers[0]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_was_made_is_sent_for_a_second_at_most(client, department, address):
    create_reading(department=department, observed_at=NOON - SECOND, minutes=173)
    with time_machine.travel(NOON, tick=False):
        before = text_of(client, address)
    create_reading(department=department, observed_at=NOON, minutes=241)

    with time_machine.travel(NOON + SECOND - timedelta(microseconds=1), tick=False):
        within = text_of(client, address)
    with time_machine.travel(NOON + SECOND, tick=False):
        after = text_of(client, address)

    assert before == within
    assert ("173" in within, "241" in after, "173" in after) == (True, True, False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_was_made_is_never_sent_once_its_number_is_over(client, department, address):
    over = NOON + timedelta(milliseconds=400)
    create_reading(department=department, observed_at=over - timedelta(minutes=60), minutes=173)
    with time_machine.travel(NOON, tick=False):
        before = text_of(client, address)

    with time_machine.travel(over, tick=False):
        after = text_of(client, address)

    assert ("173" in before, "173" in after) == (True, False)


def test_a_clock_that_is_set_back_brings_nothing_old_back(client, department):
    create_reading(department=department, observed_at=NOON, minutes=173)
    with time_machine.travel(NOON, tick=False):
        text_of(client, "/er/")

    with time_machine.travel(NOON - timedelta(hours=1), tick=False):
        earlier = text_of(client, "/er/")

    assert "173" not in earlier


def test_staff_see_what_is_there_now(client, department):
    with time_machine.travel(NOON, tick=False):
        before = text_of(client, "/er/")
        create_reading(department=department, observed_at=NOON, minutes=173)
        of_a_visitor = text_of(client, "/er/")
        client.force_login(create_editor())
        of_staff = text_of(client, "/er/")

    assert before == of_a_visitor
    assert "173" in of_staff


def test_what_staff_see_of_a_draft_is_sent_to_nobody_else(client, db):
    create_department(slug="draft", published_at=None)
    visitor = Client()
    client.force_login(create_editor(permissions=["change_emergencydepartment"]))

    with time_machine.travel(NOON, tick=False):
        answers = [each.get("/er/draft/", headers=HTMX).status_code for each in (client, visitor)]

    assert answers == [200, 404]


def test_each_language_has_its_own(client, department):
    with time_machine.travel(NOON, tick=False):
        english, spanish = text_of(client, "/er/"), text_of(client, "/es/er/")

    assert ('href="/er/backus/"' in english, 'href="/es/er/backus/"' in spanish) == (True, True)
