"""What the search is judged by stands on this content: see tests/search/judged.py."""

import pytest

from directory.models import Contact, Location, Person, Service
from ertimes.models import EmergencyDepartment
from events.models import Event
from news.models import Article
from tests.search.judged import read_judged, read_nothing

from .loaded_at import LOADED_AT

pytestmark = pytest.mark.usefixtures("loaded")

TITLES = {
    "emergency_department": (EmergencyDepartment, "name"),
    "contact": (Contact, "name"),
    "service": (Service, "name"),
    "location": (Location, "name"),
    "person": (Person, "full_name"),
    "event": (Event, "title"),
    "article": (Article, "headline"),
}


def names_judged(kind):
    return {answer.name for judged in read_judged() for answer in judged.answers if answer.kind == kind}


@pytest.mark.parametrize("kind", TITLES)
def test_every_answer_is_public(kind):
    model, title = TITLES[kind]
    public = {getattr(thing, title) for thing in model.objects.published(LOADED_AT)}

    assert names_judged(kind) - public == set()


@pytest.mark.parametrize("address", sorted(names_judged("page")))
@pytest.mark.parametrize("language", ["", "/es"])
def test_every_page_that_is_an_answer_opens(client, language, address):
    response = client.get(f"{language}{address}")

    assert response.status_code == 200


def test_the_number_that_must_find_nothing_is_a_drafts():
    contacts = Contact.objects.filter(numbers__number__contains="860-823-6307")

    assert [contact.published_at for contact in contacts] == [None]
    assert ("860.823.6307", "en") in read_nothing()
