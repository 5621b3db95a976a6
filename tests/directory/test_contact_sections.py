"""A long phone list: cut on the page of all sections, whole on the page of one."""

import pytest

from directory import contact_sections
from directory.models import Contact
from directory.views import contacts
from tests.factories import create_contact, create_section

pytestmark = pytest.mark.django_db

CONTACTS = "/contact/"


@pytest.fixture
def long_section(monkeypatch):
    monkeypatch.setattr(contact_sections, "SHOWN_AT_ONCE", 2)
    monkeypatch.setattr(contacts, "SHOWN_AT_ONCE", 2)
    section = create_section(name="Programs", slug="programs", position=1)
    for position in range(1, 6):
        create_contact(name=f"Program {position}", section=section, position=position, number="860-889-8331")
    create_contact(name="Draft", section=section, position=1, published_at=None)
    create_contact(name="Lobby", section=create_section(name="Lobbies", slug="lobbies", position=2))


def names(entries):
    return [entry.name for entry in entries]


def test_a_long_section_is_cut_and_leads_to_the_whole_of_it(client, long_section):
    response = client.get(CONTACTS)

    sections = response.context["sections"]
    assert [(section.total, names(section.entries), section.is_cut) for section in sections] == [
        (5, ["Program 1", "Program 2"], True),
        (1, ["Lobby"], False),
    ]
    assert '<a class="more" href="/contact/?section=programs">All 5 of “Programs”</a>' in response.content.decode()
    assert "section=lobbies" not in response.content.decode()


def test_a_section_has_pages_of_its_own(client, long_section):
    pages = [client.get(CONTACTS, {"section": "programs", "page": page}) for page in (1, 2, 3)]

    assert [names(page.context["entries"]) for page in pages] == [
        ["Program 1", "Program 2"],
        ["Program 3", "Program 4"],
        ["Program 5"],
    ]
    assert 'href="?section=programs&amp;page=3"' in pages[1].content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"section": "no-such"},
        {"section": ""},
        {"section": "\x00"},
        {"section": "pro grams"},
        {"section": "programs", "page": "9"},
        {"section": "programs", "page": "x"},
    ],
)
def test_what_is_no_section_or_page_is_not_found(client, long_section, query):
    assert client.get(CONTACTS, query).status_code == 404
    assert client.get("/contact/print/", query).status_code == 404


def test_a_section_without_public_contacts_is_none(client):
    create_contact(section=create_section(slug="closed"), published_at=None)

    assert client.get(CONTACTS, {"section": "closed"}).status_code == 404
    assert client.get(CONTACTS).context["sections"] == []


def test_what_is_typed_goes_before_the_section(client, long_section):
    response = client.get(CONTACTS, {"q": "lobby", "section": "programs"})

    assert response.context["box"].text == "lobby"


def test_the_keepers_order_decides_what_is_cut(client, long_section):
    Contact.objects.filter(name="Program 5").update(position=0)

    section = client.get(CONTACTS).context["sections"][0]

    assert names(section.entries) == ["Program 5", "Program 1"]
