"""The phone list for other sites and apps."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from directory.open_data import FIELDS
from tests.factories import create_check, create_contact, create_location, create_number, create_section

pytestmark = pytest.mark.django_db

JSON = "/contact/directory.json"
CSV = "/contact/directory.csv"


def contacts(client):
    return json.loads(client.get(JSON).content)["contacts"]


def rows(client):
    return list(csv.DictReader(io.StringIO(client.get(CSV).content.decode(), newline="")))


def test_json_says_all_that_is_public_of_a_contact(client, settings):
    settings.SITE_URL = "https://www.example.org"
    contact = create_contact(
        name="Billing",
        section=create_section(name="Important"),
        also_known_as="my bill, invoice",
        languages="Spanish",
        email="b@example.org",
    )
    create_number(contact=contact, number="860-889-8331 ext. 2215", label="Records", hours="Mon 8 AM-4 PM")
    create_check(contact=contact, checked_at=datetime(2026, 6, 15, 12, tzinfo=UTC))
    create_location(name="Main campus", slug="main").contacts.add(contact)

    [told] = contacts(client)

    assert told.pop("changed_at").endswith("Z")
    assert told == {
        "id": contact.pk,
        "section": "Important",
        "name": "Billing",
        "title": "",
        "also_known_as": ["my bill", "invoice"],
        "note": "",
        "email": "b@example.org",
        "web": "",
        "languages": ["Spanish"],
        "belongs_to": [{"kind": "place", "name": "Main campus", "url": "https://www.example.org/locations/main/"}],
        "checked_on": "2026-06-15",
        "url": f"https://www.example.org/contact/#contact-{contact.pk}",
        "vcard": f"https://www.example.org/contact/{contact.pk}.vcf",
        "numbers": [
            {
                "kind": "voice",
                "label": "Records",
                "displayed": "860.889.8331 ext. 2215",
                "dial": "tel:+18608898331",
                "extension": "2215",
                "hours": "Mon 8 AM-4 PM",
            }
        ],
    }


def test_csv_has_a_row_for_each_number_and_one_for_a_contact_without(client):
    section = create_section()
    several = create_contact(name="Several", section=section, position=1, number="860-889-8331")
    create_number(contact=several, kind="short_code", short_code="31996", position=2)
    create_contact(name="None", section=section, position=2)

    told = [(row["name"], row["kind"], row["dial"]) for row in rows(client)]

    assert told == [
        ("Several", "voice", "tel:+18608898331"),
        ("Several", "short_code", "sms:31996"),
        ("None", "", ""),
    ]


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", " =1", 'x",=1', "a\r\n=1"])
def test_no_cell_runs_as_a_formula(client, name):
    create_contact(name=name, title=name, note=name, also_known_as=name, languages=name, number="860-889-8331")

    [row] = rows(client)

    assert not [cell for cell in row.values() if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_staffs_own_notes_and_drafts_are_in_neither(client):
    create_contact(name="Public", number="860-889-8331", source_line="SOURCE", source_note="STAFF ONLY")
    create_contact(name="Draft", published_at=None)
    create_contact(name="Over", expires_at=datetime(2021, 1, 1, tzinfo=UTC))

    bodies = client.get(JSON).content.decode() + client.get(CSV).content.decode()

    assert [contact["name"] for contact in contacts(client)] == ["Public"]
    assert [word for word in ("SOURCE", "STAFF ONLY", "Draft", "Over,") if word in bodies] == []


@pytest.mark.parametrize("address", [JSON, CSV])
def test_who_has_it_is_told_so_until_a_contact_changes_or_goes(client, address):
    contact = create_contact(name="Billing", number="860-889-8331")
    create_contact(name="Other")
    first = client.get(address)

    def again():
        return client.get(address, headers={"if-none-match": first["ETag"]}).status_code

    assert (again(), "Last-Modified" in first, first["Cache-Control"]) == (304, True, "public, max-age=60")
    contact.delete()
    assert again() == 200


@pytest.mark.parametrize("address", [JSON, CSV])
def test_scripts_of_any_site_may_read_it(client, address):
    asked = client.options(address)

    assert client.get(address)["Access-Control-Allow-Origin"] == "*"
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    assert client.post(address).status_code == 405


def test_a_directory_without_contacts_is_empty_and_no_error(client):
    assert contacts(client) == []
    assert rows(client) == []
    assert client.get("/contact/open-data/").status_code == 200


def test_every_field_that_is_sent_is_described(client):
    create_number(contact=create_contact())
    data = json.loads(client.get(JSON).content)
    [contact] = data["contacts"]

    sent = {*data, *contact, *contact["numbers"][0]} - {"contacts"}

    assert sent == {name for name, _type, _meaning, _in_csv in FIELDS}
    page = client.get("/contact/open-data/").content.decode()
    assert [name for name in sent if f"<code>{name}</code>" not in page] == []


@pytest.mark.parametrize("number", [1, 30])
def test_it_asks_as_many_queries_for_thirty_as_for_one(client, django_assert_num_queries, number):
    section = create_section()
    for position in range(number):
        contact = create_contact(section=section, position=position + 1, number=f"860-889-{position:04}")
        create_location().contacts.add(contact)

    with django_assert_num_queries(4):
        assert len(contacts(client)) == number
