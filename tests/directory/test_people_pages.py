"""The people as patients look for them, and the page of each."""

import json

import pytest
import time_machine

from directory.models import Person
from tests.directory.test_place_now import MONDAY_TEN, create_office, json_ld_of, page, words_in
from tests.factories import (
    create_contact,
    create_holiday,
    create_image,
    create_location,
    create_person,
    create_service,
)

pytestmark = pytest.mark.django_db

PEOPLE = "/people/"


def found(client, **query):
    """Return the names of the providers that `query` finds, in their order."""
    return [person.name for person in client.get(PEOPLE, query).context["providers"]]


def choices(client, field):
    return [value for value, label in client.get(PEOPLE).context["form"].fields[field].choices]


def test_a_specialty_is_not_another_one_that_contains_its_name(client):
    create_person(name="Ada", specialties="Surgery, Hernia")
    create_person(name="Bob", specialties="Oral Surgery")
    create_person(name="Cem", specialties="Oral Surgery,Surgery ")

    assert choices(client, "specialty") == ["", "Hernia", "Oral Surgery", "Surgery"]
    assert found(client, specialty="Surgery") == ["Ada", "Cem"]
    assert found(client, specialty="Oral Surgery") == ["Bob", "Cem"]
    assert found(client, specialty="surg") == []


def test_people_are_filtered_by_all_that_matters_to_a_patient(client):
    mill = create_location(name="Mill", slug="mill")
    ada = create_person(name="Ada", languages="English, Polish", accepting_new_patients=True)
    bob = create_person(name="Bob", languages="Polish", telehealth=True, accepting_new_patients=False)
    create_person(name="Lead", provider=False, leadership_position=1, languages="Latin")
    mill.people.set([ada, bob])

    assert choices(client, "language") == ["", "English", "Polish"]
    assert choices(client, "location") == ["", "mill"]
    assert found(client, language="Polish") == ["Ada", "Bob"]
    assert found(client, language="English") == ["Ada"]
    assert found(client, location="mill") == ["Ada", "Bob"]
    assert found(client, accepting="on") == ["Ada"]
    assert found(client, telehealth="on") == ["Bob"]
    assert found(client, telehealth="on", location="mill", language="Polish", name="bob") == ["Bob"]
    assert found(client, telehealth="on", accepting="on") == []


def test_a_name_that_is_nearly_right_is_found_and_the_page_says_so(client):
    create_person(name="Laura Currie")

    words = words_in(client.get(PEOPLE, {"name": "curie"}))

    assert "Nobody is called curie . These names are close to it." in words
    assert "Laura Currie" in words


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"name": "Nobody"}, id="nobody"),
        pytest.param({"location": "x", "name": "\0"}, id="hostile"),
        pytest.param({"specialty": "' OR 1=1 --"}, id="no-such-specialty"),
        pytest.param({"name": "a" * 100}, id="too-long"),
    ],
)
def test_where_nobody_fits_there_is_a_way_out(client, query):
    create_person(name="Ada")
    create_person(name="Lead", provider=False, leadership_position=1)

    response = client.get(PEOPLE, query)

    assert (response.status_code, list(response.context["providers"])) == (200, [])
    words = words_in(response)
    assert "Nobody fits what you asked for." in words
    assert "860.889.8331" in words
    assert "Show all" in words


def test_a_page_that_is_not_there_is_not_found(client):
    assert client.get(PEOPLE, {"location": "x", "page": "9999", "name": "\0"}).status_code == 404


@pytest.fixture
def many_people():
    """Make 2,000 providers, of whom half accept new patients."""
    Person.objects.bulk_create(
        Person(
            name=f"Ada {number:04}",
            sort_name=f"{number:04}",
            slug=f"ada-{number}",
            provider=True,
            specialties=["Surgery", "Oral Surgery", "Cardiology, Surgery"][number % 3],
            languages="English",
            accepting_new_patients=bool(number % 2),
            published_at=MONDAY_TEN,
        )
        for number in range(2000)
    )


def test_two_thousand_people_are_paged_and_keep_their_filters(client, many_people, django_assert_num_queries):
    with time_machine.travel(MONDAY_TEN, tick=False), django_assert_num_queries(3 + 5):
        response = client.get(PEOPLE, {"accepting": "on", "name": "", "page": "2"})

    assert [person.name for person in response.context["providers"]][:2] == ["Ada 0049", "Ada 0051"]
    assert response.context["page"].paginator.count == 1000
    assert 'href="?accepting=on&amp;page=3"' in response.content.decode()
    assert "leaders" not in response.content.decode()


def test_one_of_two_thousand_is_found_by_name(client, many_people):
    with time_machine.travel(MONDAY_TEN, tick=False):
        assert found(client, name="ada 1234") == ["Ada 1234"]


def test_htmx_gets_the_list_alone_with_how_many_fit(client):
    create_person(name="Ada", telehealth=True)

    content = client.get(PEOPLE, {"telehealth": "on"}, headers={"hx-request": "true"}).content.decode()

    assert "<html" not in content
    assert '<div hx-swap-oob="innerHTML:#found-count">1 person fits' in content


def test_a_person_tells_all_that_is_known(client):
    contact = create_contact(name="Heart office", number="860-889-8331 ext. 12")
    contact.numbers.update(hours="Mon-Fri 8 AM-4 PM; holidays closed")
    place = create_office()
    person = create_person(
        name="Ada Lane",
        credentials="MD",
        title="Chief of Surgery\nDirector, Trauma",
        specialties="Surgery, Hernia",
        languages="English,Polish",
        contact=contact,
        telehealth=True,
        accepting_new_patients=True,
        biography="<p>She listens.</p>",
    )
    person.locations.set([place, create_location(name="Draft", published_at=None)])
    create_service(name="Hernia Clinic").people.add(person)

    words = words_in(page(client, person.get_absolute_url()))

    assert "Chief of Surgery Director, Trauma" in words
    for told in (
        "Specialties Surgery, Hernia",
        "Languages English, Polish",
        "Accepting new patients",
        "Sees patients by video too",
        "Where Health Center",
        "Services Hernia Clinic",
        "860.889.8331 ext. 12 extension 1 2",
        "Open now until 4 PM Monday to Friday, 8 AM to 4 PM · Closed on holidays",
        "She listens.",
    ):
        assert told in words
    assert "Draft" not in words


def test_a_number_is_closed_on_a_holiday_and_no_cache_outlives_its_line(client):
    create_holiday(day=MONDAY_TEN.date(), name="Founders Day")
    contact = create_contact(number="860-889-8331")
    contact.numbers.update(hours="Mon-Fri 8 AM-4 PM; holidays closed")
    person = create_person(contact=contact)

    response = page(client, person.get_absolute_url())

    assert "Closed now. Opens tomorrow at 8 AM Today: Founders Day" in words_in(response)
    assert response["Cache-Control"] == "public, must-revalidate, max-age=60"


def test_a_person_at_a_closed_place_leads_nobody_there_unwarned(client):
    person = create_person()
    person.locations.add(create_office(status="closed", status_note="Water in the basement."))

    assert "Temporarily closed Water in the basement." in words_in(client.get(person.get_absolute_url()))


def test_search_engines_know_a_physician(client):
    person = create_person(
        name="Ada Lane",
        npi="1234567893",
        specialties="Surgery",
        languages="English, Polish",
        accepting_new_patients=False,
        contact=create_contact(number="860-889-8331"),
        image=create_image(),
    )
    person.locations.add(create_location(name="Mill", city="Norwich", state="CT"))

    data = json_ld_of(client.get(person.get_absolute_url()), "Physician")

    assert data["identifier"] == {"@type": "PropertyValue", "propertyID": "NPI", "value": "1234567893"}
    assert data["knowsLanguage"] == ["English", "Polish"]
    assert data["isAcceptingNewPatients"] is False
    assert data["telephone"] == "+18608898331"
    assert data["location"][0]["address"]["addressLocality"] == "Norwich"
    assert json.dumps(data)


def test_who_leads_and_gives_no_care_is_a_person_with_titles(client):
    leader = create_person(provider=False, leadership_position=1, title="President\nRegional Director")

    data = json_ld_of(client.get(leader.get_absolute_url()), "Person")

    assert data["jobTitle"] == ["President", "Regional Director"]
    assert "medicalSpecialty" not in data


@pytest.mark.parametrize("rows", [1, 30])
def test_a_person_asks_as_many_queries_however_much_belongs_to_it(client, django_assert_num_queries, rows):
    contact = create_contact(number="860-889-8331")
    contact.numbers.update(hours="Mon-Fri 8 AM-4 PM; holidays closed")
    person = create_person(contact=contact)
    for number in range(rows):
        person.locations.add(create_office(name=f"Mill {number}", slug=f"mill-{number}"))
        create_service().people.add(person)

    with django_assert_num_queries(3 + 5):
        assert client.get(person.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_of_people_asks_as_many_queries_whatever_its_length(client, django_assert_num_queries, rows):
    image, place = create_image(), create_location()
    for _ in range(rows):
        create_person(image=image, specialties="Surgery").locations.add(place)

    with django_assert_num_queries(3 + 5):
        assert client.get(PEOPLE).status_code == 200
