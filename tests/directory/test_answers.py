"""The cards of the directory on a page of results."""

from datetime import UTC, datetime

import pytest
import time_machine

from directory.answers import contact_answer, location_answer, person_answer
from search.rebuilding import rebuild
from tests.factories import create_contact, create_location, create_number, create_person

pytestmark = pytest.mark.django_db

FRIDAY_NOON = datetime(2021, 6, 4, 16, tzinfo=UTC)


def card_of(client, query):
    return (
        client.get("/search/", {"q": query})
        .content.decode()
        .partition('<section class="answer"')[2]
        .partition("</section>")[0]
    )


def test_a_number_that_was_typed_is_one_press_away(client):
    create_contact(name="Kidney Center", number="860-889-8331", note="Mornings.")
    rebuild()

    card = card_of(client, "(860) 889 8331")

    assert 'class="answer__phone" href="tel:+18608898331"' in card
    assert "Mornings." in card


def test_an_extension_is_dialled_and_spoken(client):
    create_contact(name="Kidney Center", number="860-889-8331 ext. 2215")
    rebuild()

    card = card_of(client, "kidney center")

    assert 'href="tel:+18608898331,2215"' in card
    assert '<span class="visually-hidden">extension 2 2 1 5</span>' in card


def test_a_contact_tells_all_its_numbers_in_two_queries(django_assert_num_queries):
    contact = create_contact(number="860-889-8331")
    create_number(contact=contact, number="860-889-8332", kind="fax", position=2)

    with django_assert_num_queries(2):
        called = contact_answer(contact.pk).context["called"]

    assert [number.written for number in called.numbers] == ["860.889.8331", "860.889.8332"]


@pytest.mark.parametrize(
    ("create", "query"),
    [
        pytest.param(lambda contact: None, "kidney center", id="contact"),
        pytest.param(lambda contact: create_person(name="Ada Lane", contact=contact), "ada lane", id="person"),
        pytest.param(lambda contact: create_location(name="Mill").contacts.add(contact), "mill", id="location"),
    ],
)
def test_a_card_says_whether_somebody_answers_and_holds_no_longer_than_that(client, create, query):
    contact = create_contact(name="Kidney Center", number="860-889-8331")
    contact.numbers.update(hours="Fri 8 AM-12:01 PM")
    create(contact)
    rebuild()

    with time_machine.travel(FRIDAY_NOON.replace(second=30), tick=False):
        response = client.get("/search/", {"q": query})
        card = card_of(client, query)

    assert "Open now until 12:01 PM" in card
    assert "Friday, 8 AM to 12:01 PM" in card
    assert response["Cache-Control"] == "public, must-revalidate, max-age=30"


def test_the_card_of_a_shut_place_tells_when_its_number_is_answered_as_a_rule_alone():
    contact = create_contact(number="860-889-8331")
    contact.numbers.update(hours="daily 24 hours")
    place = create_location(status="closed", status_note="Water in the basement.")
    place.contacts.add(contact)

    hours = location_answer(place.pk).context["number"].hours

    assert (hours.line, hours.usual) == (None, ("24 hours a day, every day",))


def test_a_draft_is_not_the_number_of_a_person():
    person = create_person(contact=create_contact(number="860-889-8331", published_at=None))

    assert person_answer(person.pk).context["number"] is None


def test_what_is_only_likely_has_no_card(client):
    create_contact(name="Friends of the Kidney Center", number="860-889-8331")
    rebuild()

    assert card_of(client, "kidney center") == ""


@pytest.mark.parametrize(
    ("answer", "create"),
    [
        pytest.param(contact_answer, create_contact, id="contact"),
        pytest.param(location_answer, create_location, id="location"),
        pytest.param(person_answer, create_person, id="person"),
    ],
)
def test_a_draft_has_no_card(answer, create):
    assert answer(create(published_at=None).pk) is None


def test_a_contact_without_a_number_has_no_card():
    assert contact_answer(create_contact().pk) is None


def test_a_place_tells_its_address_and_number_but_no_hours_that_nobody_knows(client):
    place = create_location(name="Kidney House", street="1 Main St", city="Norwich", postal_code="06360")
    place.contacts.add(create_contact(number="860-889-8331"))
    rebuild()

    card = card_of(client, "kidney house")

    assert "1 Main St, Norwich, CT 06360" in card
    assert 'href="tel:+18608898331"' in card
    assert "open-line" not in card


def test_the_card_of_a_place_holds_until_it_opens_or_closes(client):
    place = create_location(name="Kidney House")
    for weekday in range(7):
        place.hours_rows.create(weekday=weekday, opens="08:00", closes="12:01")
    rebuild()

    with time_machine.travel(FRIDAY_NOON.replace(second=30), tick=False):
        response = client.get("/search/", {"q": "kidney house"})

    assert "Open now until 12:01 PM" in response.content.decode()
    assert response["Cache-Control"] == "public, must-revalidate, max-age=30"


def test_a_person_tells_the_number_and_whether_new_patients_are_accepted(client):
    contact = create_contact(number="860-889-8331")
    create_person(name="Ada Lane", contact=contact, accepting_new_patients=True, specialties="Kidneys")
    rebuild()

    card = card_of(client, "ada lane")

    assert 'href="tel:+18608898331"' in card
    assert "Accepting new patients" in card


def test_a_fax_is_not_the_number_of_a_person():
    contact = create_contact()
    create_number(contact=contact, number="860-889-8331", kind="fax")

    assert person_answer(create_person(contact=contact).pk).context["number"] is None
