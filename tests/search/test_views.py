import pytest

from search.rebuilding import rebuild
from tests.factories import create_contact, create_service

pytestmark = pytest.mark.django_db

SEARCH = "/search/"


def test_the_page_without_a_query_is_a_page(client):
    response = client.get(SEARCH)

    assert (response.status_code, response.context["query"], response.context["found"].results) == (200, "", [])


def test_what_is_found_is_shown_with_its_address(client):
    create_service(name="Kidney “Café”", slug="kidney")
    rebuild()

    content = client.get(SEARCH, {"q": "kidney"}).content.decode()

    assert 'href="/services/kidney/"' in content
    assert "Kidney “Café”" in content


def test_nothing_found_leads_to_the_main_number(client):
    create_contact(role="main", number="860-889-8331")

    main = client.get(SEARCH, {"q": "xyzzy"}).content.decode().partition("<main")[2].partition("</main>")[0]

    assert "860.889.8331" in main


def test_a_query_comes_back_as_text(client):
    content = client.get(SEARCH, {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in content


def test_search_pages_are_not_for_search_engines(client):
    assert client.get(SEARCH, {"q": "a"}).context["head"].indexed is False


@pytest.mark.parametrize("rows", [1, 3])
def test_the_search_asks_as_many_queries_whatever_it_finds(client, django_assert_num_queries, rows):
    for number in range(rows):
        create_contact(name=f"Kidney {number}", number="860-889-8331")
    rebuild()
    client.get(SEARCH, {"q": "kidney"})  # the words are in memory now

    with django_assert_num_queries(3 + 4):  # the frame; what is kept in memory, exact names, what fits, its entries
        client.get(SEARCH, {"q": "kidney"})


@pytest.mark.parametrize("query", ["a" * 101, "kidney " * 2000, "\x00", "kid\x00ney"])
def test_whatever_is_asked_has_a_page(client, query):
    response = client.get(SEARCH, {"q": query})

    assert (response.status_code, response.context["found"].results) == (200, [])
