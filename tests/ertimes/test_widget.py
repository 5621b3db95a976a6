"""One wait in the pages of others."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories import create_contact, create_department, create_editor, create_reading

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
WIDGET = "/er/backus/widget/"


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def department():
    department = create_department(name="Backus Emergency", slug="backus")
    create_reading(department=department, observed_at=NOON, minutes=37)
    return department


def policy(response):
    return dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))


def test_it_says_what_the_number_means_and_leads_to_the_whole_page(client, department):
    text = client.get(WIDGET).content.decode()

    plain = " ".join(re.sub(r"<[^>]+>", " ", text.partition("<main")[2]).split())
    assert "Backus Emergency" in plain
    assert "37 min" in plain
    assert "Reported 12:00 PM" in plain
    assert department.definition in plain
    assert "Patients are seen in order of severity. In an emergency call 911." in plain
    assert re.search(r'<a href="/er/backus/" target="_top" rel="noopener">', text)


def test_others_may_frame_it_and_learn_nothing_by_it(client, department):
    response = client.get(WIDGET)

    assert policy(response)["frame-ancestors"] == "*"
    assert {name: value for name, value in policy(response).items() if name.endswith("-src")} == {
        "default-src": "'none'",
        **dict.fromkeys(
            ["script-src", "style-src", "img-src", "font-src", "media-src", "connect-src", "manifest-src"], "'self'"
        ),
    }
    assert "X-Frame-Options" not in response
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert dict(response.cookies) == {}


@pytest.mark.parametrize(
    "address", ["/", "/er/", "/er/backus/", "/er/backus/on-my-way/", "/er/open-data/", "/er/nowhere/widget/", "/admin/"]
)
def test_nothing_else_may_be_framed_by_others(client, department, address):
    response = client.get(address)

    assert policy(response)["frame-ancestors"] in ("'none'", "'self'")
    assert response["X-Frame-Options"] in ("DENY", "SAMEORIGIN")


def test_it_calls_a_made_up_wait_made_up(client, department, settings):
    settings.DEMONSTRATION = True

    assert "this wait is made up" in client.get(WIDGET).content.decode()


def test_it_asks_the_queries_of_one_department(client, department, django_assert_num_queries):
    department.contact = create_contact(number="860-823-6389")
    department.save()

    with django_assert_num_queries(4):  # the department, its contact, the contact's numbers, the hospital's number
        client.get(WIDGET)


def test_a_draft_has_none_but_for_its_editors(client):
    create_department(slug="backus", published_at=None)
    assert client.get(WIDGET).status_code == 404

    client.force_login(create_editor(permissions=["change_emergencydepartment"]))
    response = client.get(WIDGET)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
