"""The box on the contact page that finds numbers as one types."""

import pytest

from directory.views import contacts
from search.missed import missed_searches
from search.models import MissedSearch
from search.rebuilding import rebuild
from tests.factories import create_contact, create_section, create_service

pytestmark = pytest.mark.django_db

CONTACTS = "/contact/"


@pytest.fixture
def numbers():
    section = create_section(name="Main numbers", slug="main-numbers")
    create_contact(name="Friends of the Kidney Center", section=section, number="860-889-0001")
    create_contact(name="Kidney Center", section=section, number="860-889-8331", position=2)
    create_service(name="Kidney Clinic")
    rebuild()


def names(response):
    return [entry.name for entry in response.context["entries"]]


def test_numbers_are_found_the_best_first_and_nothing_else(client, numbers):
    response = client.get(CONTACTS, {"q": "kidney center"})

    assert names(response) == ["Kidney Center", "Friends of the Kidney Center"]
    assert response.content.decode().index("860.889.8331") < response.content.decode().index("860.889.0001")


def test_a_number_finds_whose_it_is(client, numbers):
    assert names(client.get(CONTACTS, {"q": "(860) 889 0001"})) == ["Friends of the Kidney Center"]


def test_without_words_the_sections_are_shown(client, numbers):
    response = client.get(CONTACTS, {"q": "  "})

    assert [section.name for section in response.context["sections"]] == ["Main numbers"]
    assert names(response) == []


def test_htmx_is_answered_with_the_list_alone_and_how_many(client, numbers):
    response = client.get(CONTACTS, {"q": "kidney"}, headers={"hx-request": "true"})

    content = response.content.decode()
    assert "<form" not in content
    assert '<div hx-swap-oob="innerHTML:#live-count">2 results' in content
    assert "HX-Request" in response["Vary"]


def test_nothing_found_leads_to_the_main_number(client):
    create_contact(role="main", number="860-889-8331")
    rebuild()

    content = client.get(CONTACTS, {"q": "<xyzzy>"}, headers={"hx-request": "true"}).content.decode()

    assert "Nothing was found for <strong>“<bdi>&lt;xyzzy&gt;</bdi>”" in content
    assert 'href="tel:+18608898331"' in content


def test_an_error_is_mended_with_a_word_that_finds_somebody(client):
    create_contact(name="Patient Billing", number="860-889-8331")
    for number in range(3):
        create_service(name=f"Class {number}", summary="Everybody belongs here.")
    rebuild()

    response = client.get(CONTACTS, {"q": "bilings"})

    assert names(response) == ["Patient Billing"]
    assert "Nobody is called <bdi>bilings</bdi>." in response.content.decode()


def test_nothing_found_says_what_was_looked_for_and_names_the_sections(client, numbers):
    content = client.get(CONTACTS, {"q": "unicorn stable"}, headers={"hx-request": "true"}).content.decode()

    assert "<strong><bdi>unicorn</bdi></strong>, <strong><bdi>stable</bdi></strong>." in content
    assert 'href="/contact/?section=main-numbers"><span>Main numbers</span> <span class="side-nav__count">2<' in content
    assert 'href="/search/?q=unicorn%20stable"' in content


def test_a_number_that_nobody_has_is_told_as_such(client, numbers):
    content = client.get(CONTACTS, {"q": "860-555-0123"}).content.decode()

    assert "Nobody in the directory has this number." in content


def test_some_of_the_words_are_told_as_such(client, numbers):
    response = client.get(CONTACTS, {"q": "kidney unicorn"})

    assert "Nothing has all these words. These have some of them." in response.content.decode()
    assert len(names(response)) == 2


def test_more_than_anybody_reads_is_cut_and_told(client, numbers, monkeypatch):
    monkeypatch.setattr(contacts, "FOUND_AT_ONCE", 1)

    response = client.get(CONTACTS, {"q": "kidney center"})

    assert names(response) == ["Kidney Center"]
    assert "The best 1 are shown. Add a word to find another one." in response.content.decode()


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_words_that_find_nobody_reach_the_editors_list(client, numbers, headers):
    missed_searches.flush()  # what tests before this one have left in memory
    MissedSearch.objects.all().delete()
    for _visitor in range(3):
        client.get(CONTACTS, {"q": "Unicorn stable"}, headers=headers)
    client.get(CONTACTS, {"q": "anna@example.org"}, headers=headers)
    client.get(CONTACTS, {"q": "kidney"}, headers=headers)
    missed_searches.flush()

    assert list(MissedSearch.objects.values_list("words", "count")) == [("unicorn stable", 3)]


def test_a_mended_error_is_told(client, numbers):
    content = client.get(CONTACTS, {"q": "kidnei center"}).content.decode()

    assert "Nobody is called <bdi>kidnei center</bdi>. These are the numbers for" in content


@pytest.mark.parametrize(
    "query",
    [
        "\x00",
        "x" * 10_000,
        "9" * 10_000,
        '"',
        "“",
        "NEAR(",
        "👩‍⚕️",
        "'; DROP TABLE x",
        "\u202eabc",
        "رقم الهاتف",
        "ext.",
        "x" * 6,
    ],
)
@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}], ids=["page", "list"])
def test_whatever_is_typed_has_a_page(client, numbers, query, headers):
    response = client.get(CONTACTS, {"q": query}, headers=headers)

    assert (response.status_code, "\x00" in response.text) == (200, False)
