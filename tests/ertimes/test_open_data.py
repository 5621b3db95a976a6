"""The waits for other sites and apps: what they may ask, and what the page says of it."""

import html
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from ertimes.open_data import FIELDS
from tests.factories import create_department, create_reading

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
JSON = "/er/wait-times.json"
PAGE = "/er/open-data/"
QUERIES_OF_THE_FRAME = 3


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def create_wait(**fields):
    department = create_department(**fields)
    create_reading(department=department, observed_at=NOON, minutes=37)
    return department


def open_to_all(response):
    return (response["Access-Control-Allow-Origin"], response["Access-Control-Expose-Headers"])


def test_scripts_of_any_site_may_read_it_and_ask_whether_it_changed(client):
    create_wait()

    first = client.get(JSON, headers={"origin": "https://elsewhere.example"})
    again = client.get(JSON, headers={"origin": "https://elsewhere.example", "if-none-match": first["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert open_to_all(first) == open_to_all(again) == ("*", "ETag, Date, Age, Cache-Control")
    assert "Access-Control-Allow-Credentials" not in first


def test_the_browser_that_asks_first_is_told_yes(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.options(JSON, headers={"access-control-request-headers": "if-none-match"})

    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"].split(", ")


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_as_many_queries_whatever_its_length(client, django_assert_num_queries, rows):
    for _ in range(rows):
        create_wait()

    with django_assert_num_queries(2):  # departments, the hospital's number
        client.get(JSON)


def test_it_is_a_list_of_none_on_a_new_site(client):
    assert client.get(JSON).json()["departments"] == []
    assert client.get(PAGE).status_code == 200


def test_the_page_describes_every_field_that_is_sent(client):
    create_wait()

    data = client.get(JSON).json()

    [department] = data.pop("departments")
    assert {*data, *department} == {name for name, _, _ in FIELDS}
    text = client.get(PAGE).content.decode()
    assert [name for name, _, _ in FIELDS if f"<code>{name}</code>" not in text] == []
    assert set(department["definition"]) == {"from", "to", "statistic", "window_minutes", "sentence"}


def test_the_example_is_what_is_sent_now_and_goes_when_its_number_is_over(client):
    create_wait(shown_minutes=60)

    text = client.get(PAGE).content.decode()

    example = re.search(r'data-expires-at="([^"]+)">\s*<pre[^>]*><code>(.*?)</code>', text, re.DOTALL)
    assert example[1] == "2026-03-02T13:00:00-05:00"
    assert json.loads(html.unescape(example[2])) == client.get(JSON).json()


def test_the_page_offers_the_code_of_each_widget(client, settings):
    settings.SITE_URL = "https://www.example.org"
    create_wait(slug="backus", name='The "Backus" & <ER>')

    text = client.get(PAGE).content.decode()

    code = html.unescape(re.search(r"<code>(&lt;iframe.*?)</code>", text, re.DOTALL)[1])
    assert 'src="https://www.example.org/er/backus/widget/"' in code
    assert 'title="ER wait: The &quot;Backus&quot; &amp; &lt;ER&gt;"' in code


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_many_queries_whatever_its_length(client, django_assert_num_queries, rows):
    for _ in range(rows):
        create_wait()

    with django_assert_num_queries(QUERIES_OF_THE_FRAME + 1):
        client.get(PAGE)


def test_the_page_leads_to_the_description_of_the_feed(client):
    assert 'href="/api/er/openapi.json"' in client.get(PAGE).content.decode()


def test_the_time_until_which_it_may_be_kept_ends_with_the_first_wait(client):
    department = create_department(shown_minutes=60)
    create_reading(department=department, observed_at=NOON - timedelta(minutes=59, seconds=48), minutes=37)
    create_wait()

    assert client.get(JSON)["Cache-Control"].split("max-age=")[1] == "12"
