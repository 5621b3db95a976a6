"""What of the services, places and people can be found, and that it is found anew when something changes."""

from functools import partial

import pytest

from search.engine import find
from tests.factories import create_location, create_offering, create_person, create_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return partial(django_capture_on_commit_callbacks, execute=True)


def found(query):
    return [result.entry.title for result in find(query, language="en", as_typed=True).results]


def test_a_service_is_found_by_what_it_treats(committed):
    with committed():
        create_service(name="Cardiology", conditions="High blood pressure\nAtrial fibrillation", telehealth=True)

    assert found("high blood pressure") == ["Cardiology"]
    assert found("fibrillation") == ["Cardiology"]
    assert found("telehealth") == ["Cardiology"]


def test_a_service_is_found_by_the_places_where_it_is_offered(committed):
    with committed():
        service = create_service(name="Labs")
        mill = create_location(name="Shetucket House")
    with committed():
        offering = create_offering(service=service, location=mill, how_to_book="Bring the order <b> & wait.")
    assert found("labs shetucket") == ["Labs"]
    assert found("labs order") == ["Labs"]

    with committed():
        mill.name = "Quinebaug House"
        mill.save()
    assert found("labs quinebaug") == ["Labs"]

    with committed():
        offering.delete()
    assert "Labs" not in found("quinebaug")


def test_a_place_is_found_by_how_one_gets_in(committed):
    with committed():
        create_location(
            name="Mill",
            parking="<p>A garage.</p>",
            entrances="<p>The revolving door.</p>",
            accessibility="<p>Wheelchairs.</p>",
            transport="<p>Trolley.</p>",
        )

    for query in ("garage", "revolving", "wheelchairs", "trolley"):
        assert found(query) == ["Mill"]


def test_a_status_that_ends_by_itself_is_not_in_the_index(committed):
    with committed():
        create_location(name="Mill", status="closed", status_note="Flooded by the river.")

    assert found("flooded") == []


def test_a_person_is_found_by_titles_languages_and_places(committed):
    with committed():
        mill = create_location(name="Shetucket House")
        person = create_person(
            name="Ada Lane", title="Chief\nDirector, Trauma", languages="English,Polish", telehealth=True
        )
        person.locations.add(mill)

    for query in ("trauma", "polish", "telehealth", "lane shetucket"):
        assert found(query) == ["Ada Lane"]
    with committed():
        mill.published_at = None
        mill.save()
    assert found("shetucket") == []
