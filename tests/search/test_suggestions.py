import re

import pytest

from search.rebuilding import rebuild
from search.suggestions import MOST, suggestions_for
from tests.factories import create_contact, create_service

pytestmark = pytest.mark.django_db

SUGGESTIONS = "/search/suggestions/"


def suggested(query, language="en"):
    return [
        (label, [(suggestion.title, suggestion.hint, suggestion.path) for suggestion in suggestions])
        for _kind, label, suggestions in suggestions_for(query, language)
    ]


@pytest.fixture
def kidneys():
    contact = create_contact(name="Kidney Center", number="860-889-8331")
    create_service(name="Kidney Clinic", slug="kidney")
    rebuild()
    return contact


def test_what_begins_as_typed_is_suggested_by_its_kind(kidneys):
    assert suggested("kidn") == [
        ("Services", [("Kidney Clinic", "", "/services/kidney/")]),
        ("Phone numbers", [("Kidney Center", "860.889.8331", f"/contact/#contact-{kidneys.pk}")]),
    ]


def test_a_visitor_in_spanish_is_led_to_spanish_addresses(kidneys):
    assert suggested("kidney cl", "es") == [("Services", [("Kidney Clinic", "", "/es/services/kidney/")])]


@pytest.mark.parametrize("query", ["", "k", " k ", "*", "k *", "-", "\x00"])
def test_nothing_is_suggested_before_there_are_two_letters(kidneys, django_assert_num_queries, query):
    with django_assert_num_queries(0):
        assert suggested(query) == []


def test_there_are_so_many_at_most():
    for number in range(MOST + 3):
        create_service(name=f"Kidney {number}")
    rebuild()

    assert sum(len(suggestions) for _label, suggestions in suggested("kidney")) == MOST


def test_the_answer_is_a_list_of_options_in_groups(client, kidneys):
    content = client.get(SUGGESTIONS, {"q": "kidney"}).content.decode()

    assert re.findall(r'role="(option|group|presentation)"', content) == [
        "presentation",
        *("group", "presentation", "option"),
        *("group", "presentation", "option"),
    ]
    assert 'data-says="2 suggestions"' in content
    assert "<html" not in content


def test_none_is_said_too(client):
    assert 'data-says="No suggestions"' in client.get(SUGGESTIONS, {"q": "xyzzy"}).content.decode()


def test_the_answer_is_kept_for_a_minute_and_not_sent_twice(client, kidneys):
    first = client.get(SUGGESTIONS, {"q": "kidney"})
    again = client.get(SUGGESTIONS, {"q": "kidney"}, headers={"if-none-match": first["ETag"]})

    assert (first["Cache-Control"], first.cookies, first.get("Vary", "")) == ("public, max-age=60", {}, "")
    assert (again.status_code, again.content) == (304, b"")


def test_titles_are_text(client):
    create_service(name="Kidney <b>&", slug="kidney")
    rebuild()

    assert "Kidney &lt;b&gt;&amp;" in client.get(SUGGESTIONS, {"q": "kidney"}).content.decode()


@pytest.mark.parametrize("query", ["x" * 10_000, "NEAR(", '"', "'; DROP TABLE x", "👩‍⚕️👩‍⚕️", "\u202eabc", "a:*", "%"])
def test_whatever_is_typed_is_answered(client, query):
    assert client.get(SUGGESTIONS, {"q": query}).status_code == 200
