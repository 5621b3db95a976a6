"""A place that does not work as usual says so everywhere, and never "open now" behind doors that are shut."""

import json
import re
from datetime import timedelta

import pytest
import time_machine

from directory.answers import location_answer
from directory.models import OperatingStatus
from directory.place_now import place_now
from search.rebuilding import rebuild
from tests.directory.test_opening import wall
from tests.factories import (
    create_contact,
    create_hours,
    create_image,
    create_location,
    create_offering,
    create_person,
    create_service,
)

pytestmark = pytest.mark.django_db

MONDAY_TEN = wall(11, 23, 10)
SHUT = ["closed", "moved", "virtual", "opening_soon"]
WORKING = ["normal", "notice", "limited"]


def create_office(**fields):
    """Make a place that is open on weekdays from 8 AM to 4:30 PM."""
    location = create_location(**{"name": "Health Center", "slug": "health-center", "city": "Norwich", **fields})
    for weekday in range(5):
        create_hours(location, weekday=weekday)
    return location


def page(client, address, query=None, *, at=MONDAY_TEN):
    with time_machine.travel(at, tick=False):
        return client.get(address, query)


def words_in(response):
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def places_in(response):
    return [location.name for location, now in response.context["places"]]


def json_ld_of(response, kind):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())
    return next(data for data in map(json.loads, found) if data["@type"] == kind)


@pytest.mark.parametrize("status", SHUT)
def test_behind_shut_doors_nothing_is_open(status):
    office = create_office(status=status, status_note="Water in the basement.")

    now = place_now(office, MONDAY_TEN)

    assert (now.status, now.line, now.is_open, now.changes_at) == (status, None, False, None)


@pytest.mark.parametrize("status", WORKING)
def test_where_doors_are_open_the_hours_tell(status):
    office = create_office(status=status, status_note="" if status == "normal" else "No lab today.")

    now = place_now(office, MONDAY_TEN)

    assert (now.line.text, now.is_open) == ("Open now until 4:30 PM", True)
    assert now.changes_at == now.line.holds_until


def test_a_status_that_has_ended_says_nothing_any_more():
    office = create_office(status="closed", status_note="Water.", status_until=MONDAY_TEN)

    now = place_now(office, MONDAY_TEN)

    assert (now.status, now.note, now.until, now.is_open) == (OperatingStatus.NORMAL, "", None, True)


@pytest.mark.parametrize("address", ["/locations/", "/locations/health-center/"])
def test_a_closed_place_says_so_with_its_note_and_until_when(client, address):
    create_office(status="closed", status_note="Go to Main Street.", status_until=wall(11, 24, 8))

    words = words_in(page(client, address))

    assert "Temporarily closed Go to Main Street. Until Tuesday, November 24, 8:00 AM" in words
    assert "Open now" not in words.replace("Open now Show", "")


@pytest.mark.parametrize("address", ["/locations/", "/locations/health-center/", "/services/labs/"])
@pytest.mark.parametrize(
    ("left", "seconds"),
    [
        pytest.param(timedelta(seconds=20), 20, id="seconds-before-it-ends"),
        pytest.param(timedelta(hours=20), 60, id="at-most-a-minute"),
    ],
)
def test_no_cache_outlives_the_status(client, address, left, seconds):
    office = create_office(status="closed", status_note="Water.", status_until=MONDAY_TEN + left)
    create_offering(service=create_service(name="Labs", slug="labs"), location=office)

    response = page(client, address)

    assert response["Cache-Control"] == f"public, must-revalidate, max-age={seconds}"


def test_the_card_of_a_closed_place_does_not_call_it_open():
    office = create_office(status="moved", status_note="We are at 2 Main Street.")

    with time_machine.travel(MONDAY_TEN, tick=False):
        answer = location_answer(office.pk)

    assert (answer.context["now"].line, answer.context["now"].note) == (None, "We are at 2 Main Street.")
    assert answer.holds_for is None


def test_the_card_of_a_closed_place_tells_it_to_whoever_searches(client):
    create_office(status="closed", status_note="Water in the basement.", status_until=MONDAY_TEN + timedelta(seconds=9))
    rebuild()

    response = page(client, "/search/", {"q": "health center"})

    assert "Temporarily closed" in words_in(response)
    assert "Open now" not in words_in(response)
    assert response["Cache-Control"] == "public, must-revalidate, max-age=9"


def test_a_note_cannot_run_anything(client):
    create_office(status="notice", status_note="<script>alert(1)</script>")

    assert "<script>alert" not in page(client, "/locations/").content.decode()


def test_places_are_filtered_as_the_address_asks(client):
    create_office()
    create_office(name="Closed", slug="closed", status="closed", status_note="Water.")
    create_location(name="ER", city="Windham", has_emergency_department=True)

    def found(**query):
        return places_in(page(client, "/locations/", query))

    assert found() == ["Closed", "ER", "Health Center"]
    assert found(open="on") == ["Health Center"]
    assert found(town="Windham") == ["ER"]
    assert found(emergency="on") == ["ER"]
    assert found(town="Windham", open="on") == []


def test_a_town_that_no_place_is_in_is_told_with_a_way_out(client):
    create_office()

    response = page(client, "/locations/", {"town": "\0<b>Paris"})

    assert (response.status_code, places_in(response)) == (200, [])
    assert "Nothing here has that. Choose one of the list." in words_in(response)
    assert 'href="/locations/"' in response.content.decode()


def test_what_is_filtered_is_kept_no_longer_than_all_of_it_stays_true(client):
    create_office()
    early = create_location(name="Early", city="Windham")
    create_hours(early, weekday=0)

    response = page(client, "/locations/", {"town": "Norwich"}, at=wall(11, 23, 7, 59).replace(second=50))

    assert response["Cache-Control"] == "public, must-revalidate, max-age=10"


def test_two_places_need_no_filters(client):
    create_office()

    assert "filter-form" not in page(client, "/locations/").content.decode()


def test_a_place_tells_how_to_come_to_it_and_into_it(client):
    office = create_office(
        parking="<p>Free behind the house.</p>",
        entrances="<p>At night use the north door.</p>",
        accessibility="<p>An elevator.</p>",
        transport="<p>Bus 1.</p>",
    )
    office.photos.create(image=create_image(), caption="The north door")

    words = words_in(page(client, office.get_absolute_url()))

    for told in ("Free behind", "north door", "An elevator", "Bus 1", "The north door"):
        assert told in words


def test_a_place_shows_some_of_its_people_and_leads_to_the_others(client):
    office = create_office()
    for number in range(8):
        office.people.add(create_person(name=f"Ada {number}"))
    office.people.add(create_person(name="Draft", published_at=None))

    response = page(client, office.get_absolute_url())

    assert [person.name for person in response.context["people"]] == [f"Ada {number}" for number in range(6)]
    assert "All 8 people here" in words_in(response)
    assert 'href="/people/?location=health-center"' in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"name": "Pearl Hospital", "has_emergency_department": True}, ["Hospital", "EmergencyService"]),
        ({"name": "Night Care", "has_emergency_department": True}, "EmergencyService"),
        ({"name": "Hospital Garage"}, "Place"),
    ],
)
def test_search_engines_are_told_only_what_is_true_of_a_place(client, fields, kind):
    place = create_location(city="Norwich", **fields)

    data = json_ld_of(page(client, place.get_absolute_url()), kind)

    assert data["name"] == fields["name"]


def test_a_place_where_a_service_is_offered_is_a_clinic(client):
    office = create_office()
    create_offering(service=create_service(), location=office)

    assert json_ld_of(page(client, office.get_absolute_url()), "MedicalClinic")["name"] == "Health Center"


@pytest.mark.parametrize(
    ("until", "last"),
    [
        pytest.param(None, None, id="nobody-said"),
        pytest.param(wall(11, 26, 10), "2026-11-25", id="open-again-in-the-morning"),
        pytest.param(wall(11, 26, 0), "2026-11-25", id="at-midnight"),
        pytest.param(wall(11, 23, 18), "2026-11-23", id="today"),
    ],
)
def test_search_engines_are_told_of_closed_days(client, until, last):
    office = create_office(status="closed", status_note="Water.", status_until=until)
    office.contacts.add(create_contact(number="860-889-8331"))

    data = json_ld_of(page(client, office.get_absolute_url()), "Place")

    closed = {"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00", "validFrom": "2026-11-23"}
    assert data["specialOpeningHoursSpecification"] == [{**closed, "validThrough": last} if last else closed]
    assert data["telephone"] == "+18608898331"
