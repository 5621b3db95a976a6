"""Contacts, places and people as a phone takes them among its own."""

from datetime import UTC, datetime, time

import pytest
import time_machine
import vobject

from tests.factories import (
    create_contact,
    create_hours,
    create_location,
    create_number,
    create_person,
)

pytestmark = pytest.mark.django_db


def card_at(client, address):
    """Return (the vCard as a phone reads it, its text)."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/vcard; charset=utf-8")
    text = response.content.decode()
    return vobject.readOne(text), text


def numbers(card):
    return [(tel.value, sorted(tel.params.get("TYPE", []))) for tel in card.contents.get("tel", [])]


def test_a_contact_is_kept_with_all_that_one_needs_to_call(client, settings):
    settings.SITE_URL = "https://www.example.org"
    contact = create_contact(
        name="Anticoagulation Clinic", also_known_as="blood thinner", email="a@example.org", languages="Spanish"
    )
    create_number(contact=contact, number="860-889-8331 ext. 2215", hours="Mon-Fri 8 AM-4:30 PM; by appointment")
    create_number(contact=contact, number="860-889-0001", kind="fax", position=2)
    create_number(contact=contact, number="860-889-0002", kind="tty", position=3)

    card, text = card_at(client, f"/contact/{contact.pk}.vcf")

    assert text.startswith("BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert (card.fn.value, card.org.value, card.email.value) == (
        "Anticoagulation Clinic",
        ["Backus Hospital"],
        "a@example.org",
    )
    assert numbers(card) == [
        ("+18608898331,2215", ["VOICE", "WORK"]),
        ("+18608890001", ["FAX", "WORK"]),
        ("+18608890002", ["VOICE", "WORK"]),
    ]
    labels = {label.group: label.value for label in card.contents["x-ablabel"]}
    assert labels[card.contents["tel"][2].group] == "TTY (for the deaf and hard of hearing)"
    assert card.url.value == f"https://www.example.org/contact/#contact-{contact.pk}"
    assert card.uid.value == f"contact-{contact.pk}@www.example.org"


def test_its_hours_stand_in_the_note(client):
    contact = create_contact(also_known_as="blood thinner")
    create_number(contact=contact, hours="Mon-Fri 8 AM-4:30 PM; by appointment")

    card, _text = card_at(client, f"/contact/{contact.pk}.vcf")

    assert card.note.value == "Monday to Friday, 8 AM to 4:30 PM\nBy appointment\nAlso called: blood thinner"


@pytest.mark.parametrize(
    "name",
    [
        "Bad\r\nTEL:+16665550000",
        "a;b,c\\d:e",
        "=1+1 \x0b\x1b[31m",
        "Ärzte " + "ü" * 120,
        "END:VCARD",
        "\u2028Line",
    ],
)
def test_no_name_adds_a_line_of_its_own(client, name):
    contact = create_contact(name=name, number="860-889-8331", note=name, title=name)

    card, text = card_at(client, f"/contact/{contact.pk}.vcf")

    assert card.fn.value == " ".join("".join(char for char in name if char.isprintable() or char.isspace()).split())
    assert numbers(card) == [("+18608898331", ["VOICE", "WORK"])]
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 76
    assert "\n" not in text.replace("\r\n", "")


def test_a_contact_without_a_number_is_kept_with_the_main_number(client):
    create_contact(role="main", number="860-889-8331")
    contact = create_contact(name="Volunteers")

    card, _text = card_at(client, f"/contact/{contact.pk}.vcf")

    assert [tel.value for tel in card.contents["tel"]] == ["+18608898331"]
    assert card.note.value == "No number of its own. Ask at the main number."


def test_a_place_is_kept_with_its_address_hours_and_numbers(client):
    location = create_location(
        name="Main campus", slug="main", street="326 Street, Suite 1; rear", city="Norwich", postal_code="06360"
    )
    for weekday in range(5):
        create_hours(location, weekday=weekday, opens=time(8), closes=time(16, 30))
    location.contacts.add(create_contact(name="Front desk", number="860-889-8331"))
    location.contacts.add(create_contact(name="Draft", number="860-889-0009", published_at=None))

    card, _text = card_at(client, "/locations/main.vcf")

    assert (card.adr.value.street, card.adr.value.city, card.adr.value.region, card.adr.value.code) == (
        "326 Street, Suite 1; rear",
        "Norwich",
        "CT",
        "06360",
    )
    assert numbers(card) == [("+18608898331", ["VOICE", "WORK"])]
    assert [label.value for label in card.contents["x-ablabel"]] == ["Front desk"]
    assert card.note.value == "Monday to Friday, 8 AM to 4:30 PM"


def test_a_person_is_kept_by_surname_with_title_and_place(client):
    contact = create_contact(number="860-889-8331")
    person = create_person(
        name="Ada Test", sort_name="Test, Ada", slug="ada", credentials="MD", title="Chief\nDirector", contact=contact
    )
    person.locations.add(create_location(street="1 Main Street", city="Norwich"))

    card, _text = card_at(client, "/people/ada.vcf")

    assert (card.fn.value, card.n.value.family, card.n.value.given, card.n.value.suffix) == (
        "Ada Test, MD",
        "Test",
        "Ada",
        "MD",
    )
    assert card.title.value == "Chief, Director"
    assert card.adr.value.street == "1 Main Street"
    assert numbers(card) == [("+18608898331", ["VOICE", "WORK"])]


def test_the_number_of_a_person_that_is_no_longer_public_is_in_no_card(client):
    create_person(slug="ada", contact=create_contact(number="860-889-8331", published_at=None))

    card, _text = card_at(client, "/people/ada.vcf")

    assert numbers(card) == []


def test_what_is_not_public_has_no_card(client):
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        draft = create_contact(published_at=None)
        over = create_contact(expires_at=datetime(2026, 11, 22, tzinfo=UTC))
        create_location(slug="draft", published_at=None)
        create_person(slug="draft", published_at=None)
        addresses = [f"/contact/{draft.pk}.vcf", f"/contact/{over.pk}.vcf", "/contact/999999999999999999999.vcf"]
        addresses += ["/locations/draft.vcf", "/people/draft.vcf", "/people/nobody.vcf", "/contact/x.vcf"]

        assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)


def test_a_card_is_there_in_spanish_too_and_asks_the_phone_to_keep_it(client):
    contact = create_contact(name="Café", number="860-889-8331")

    response = client.get(f"/es/contact/{contact.pk}.vcf")

    assert response["Content-Disposition"] == 'attachment; filename="cafe.vcf"'
