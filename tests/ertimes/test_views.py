import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from ertimes.models import EmergencyDepartment
from tests.factories import (
    create_contact,
    create_department,
    create_editor,
    create_location,
    create_number,
    create_reading,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)  # 12:00 PM in Norwich
BOARD = "/er/"
JSON = "/er/wait-times.json"


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def create_wait(*, age=timedelta(0), minutes=25, **fields):
    department = create_department(plain_minutes=15, shown_minutes=60, **fields)
    create_reading(department=department, observed_at=NOON - age, minutes=minutes)
    return department


def visible(response):
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_asks_as_many_queries_whatever_its_length(client, django_assert_num_queries, rows):
    for _ in range(rows):
        create_wait(contact=create_contact(number="860-889-8331"))

    with django_assert_num_queries(3 + 3):  # the frame; departments, contacts, numbers
        response = client.get(BOARD)

    assert response.status_code == 200


def test_the_board_of_a_new_site_is_a_page(client):
    response = client.get(BOARD)

    assert (response.status_code, response.context["waits"]) == (200, [])


def test_beside_a_number_stand_its_definition_and_the_order_in_which_patients_are_seen(client):
    create_wait(name="Backus Emergency", minutes=37)

    text = visible(client.get(BOARD))

    assert "37" in text
    assert "being seen by a physician or advance practitioner" in text
    assert "60 minutes" in text
    assert "seen in order of severity" in text
    assert "911" in text


def test_an_aging_number_says_when_it_was_reported(client):
    create_wait(age=timedelta(minutes=40), minutes=37)

    text = visible(client.get(BOARD))

    assert "last reported 11:20 AM" in text.lower().replace(" am", " AM")


def test_an_old_number_is_not_in_the_page_at_all(client):
    department = create_wait(age=timedelta(minutes=60), minutes=173, contact=create_contact(number="860-823-6389"))

    for address in (BOARD, department.get_absolute_url(), f"{department.get_absolute_url()}on-my-way/", JSON):
        content = client.get(address).content.decode()
        assert "173" not in content.partition("wait-history")[0]  # what comes then is told as the past
    assert "Wait time not available right now" in visible(client.get(BOARD))
    assert "860.823.6389" in visible(client.get(BOARD))


def test_a_number_carries_the_instant_at_which_an_open_page_blanks_it(client):
    create_wait()

    response = client.get(BOARD)

    content = response.content.decode()
    assert response["Server-Timing"] == 'sent;desc="2026-03-02T17:00:00.000+00:00"'
    assert re.findall(r'data-expires-at="([^"]+)"', content) == ["2026-03-02T13:00:00-05:00"]


def test_htmx_gets_the_list_alone_at_the_same_address(client):
    create_wait(name="Backus Emergency")

    page = client.get(BOARD)
    fragment = client.get(BOARD, headers={"hx-request": "true"})

    assert "<html" in page.content.decode()
    assert "<html" not in fragment.content.decode()
    assert "Backus Emergency" in fragment.content.decode()
    assert page["Vary"] == fragment["Vary"] == "HX-Request"


@pytest.mark.parametrize(
    ("age", "seconds"),
    [
        (timedelta(0), 60),
        (timedelta(minutes=14, seconds=35), 25),
        (timedelta(minutes=59, seconds=50), 10),
        (timedelta(minutes=59, seconds=59, milliseconds=500), 0),
        (timedelta(minutes=60), 60),
    ],
)
def test_no_cache_keeps_a_number_beyond_its_time(client, age, seconds):
    department = create_wait(age=age)

    for address in (BOARD, JSON, department.get_absolute_url(), f"{department.get_absolute_url()}on-my-way/"):
        directives = set(client.get(address)["Cache-Control"].split(", "))
        assert directives == {"public", "must-revalidate", f"max-age={seconds}"}


def test_open_data_tells_all_that_a_number_means(client, settings):
    settings.SITE_URL, settings.DEMONSTRATION = "https://www.example.org", False
    create_contact(role="main", number="860-889-8331")
    place = create_location(street="326 Washington Street", city="Norwich", postal_code="06360")
    contact = create_contact()
    create_number(contact=contact, kind="fax", number="860-889-0001")
    create_number(contact=contact, number="860-823-6389 ext. 12", position=2)
    backus = create_department(
        name="Backus", slug="backus", position=1, location=place, contact=contact, hours="Open 24 hours a day."
    )
    create_reading(
        department=backus, observed_at=NOON - timedelta(minutes=20), minutes=37, sample_size=7, source="feed"
    )
    create_wait(
        name="Plainfield",
        slug="plainfield",
        position=2,
        age=timedelta(hours=2),
        status=EmergencyDepartment.Status.LIMITED,
        status_text="No X-ray today.",
        status_until=NOON + timedelta(hours=1),
        statistic="median",
        window_minutes=120,
    )

    response = client.get(JSON)

    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Type"] == "application/json"
    definition = {
        "from": "arrival",
        "to": "being seen by a physician or advance practitioner",
        "statistic": "mean",
        "window_minutes": 60,
        "sentence": "Average time from arrival to being seen by a physician or advance practitioner, "
        "over the last 60 minutes.",
    }
    assert response.json() == {
        "generated_at": "2026-03-02T17:00:00Z",
        "schema_version": 1,
        "demonstration": False,
        "documentation": "https://www.example.org/er/open-data/",
        "notice": "Patients are seen in order of severity. In an emergency call 911.",
        "departments": [
            {
                "id": "backus",
                "name": "Backus",
                "url": "https://www.example.org/er/backus/",
                "address": {
                    "street": "326 Washington Street",
                    "city": "Norwich",
                    "state": "CT",
                    "postal_code": "06360",
                },
                "phone": "+18608236389",
                "phone_extension": "12",
                "hours": "Open 24 hours a day.",
                "status": "normal",
                "status_text": "",
                "status_until": None,
                "wait_minutes": 37,
                "freshness": "last_reported",
                "observed_at": "2026-03-02T16:40:00Z",
                "expires_at": "2026-03-02T17:40:00Z",
                "sample_size": 7,
                "source": "feed",
                "definition": definition,
            },
            {
                "id": "plainfield",
                "name": "Plainfield",
                "url": "https://www.example.org/er/plainfield/",
                "address": {"street": "", "city": "", "state": "CT", "postal_code": ""},
                "phone": "+18608898331",
                "phone_extension": "",
                "hours": "",
                "status": "limited",
                "status_text": "No X-ray today.",
                "status_until": "2026-03-02T18:00:00Z",
                "wait_minutes": None,
                "freshness": "unavailable",
                "observed_at": None,
                "expires_at": None,
                "sample_size": None,
                "source": None,
                "definition": {
                    **definition,
                    "statistic": "median",
                    "window_minutes": 120,
                    "sentence": "Median time from arrival to being seen by a physician or advance practitioner, "
                    "over the last 120 minutes.",
                },
            },
        ],
    }


def test_on_my_way_leads_to_the_phone_after_911(client):
    department = create_wait(contact=create_contact(number="860-823-6389"))

    content = client.get(f"{department.get_absolute_url()}on-my-way/").content.decode()

    main = content.partition("<main")[2]
    assert "tel:+18608236389" in main
    assert main.index("911") < main.index("tel:+18608236389")


def test_a_department_without_a_published_contact_has_the_main_number(client):
    create_contact(role="main", number="860-889-8331")
    department = create_wait(contact=create_contact(published_at=None, number="860-889-2222"))

    for address in (BOARD, department.get_absolute_url(), f"{department.get_absolute_url()}on-my-way/"):
        content = client.get(address).content.decode()
        assert "860.889.2222" not in content
        assert "860.889.8331" in content


def test_a_draft_is_there_for_its_editors_only_and_kept_in_no_cache(client):
    draft = create_wait(published_at=None)
    assert client.get(draft.get_absolute_url()).status_code == 404

    client.force_login(create_editor(permissions=["change_emergencydepartment"]))
    response = client.get(draft.get_absolute_url())

    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert "public" not in response["Cache-Control"]
