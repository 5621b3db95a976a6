"""The services as patients look for them, and how they get one at which place."""

import pytest
import time_machine

from directory.related import RelatedLink, RelatedLinks, register_related, related_to
from search.rebuilding import rebuild
from tests.directory.test_opening import wall
from tests.directory.test_place_now import MONDAY_TEN, create_office, page, words_in
from tests.factories import (
    create_contact,
    create_holiday,
    create_image,
    create_location,
    create_offering,
    create_person,
    create_service,
)

pytestmark = pytest.mark.django_db

SERVICES = "/services/"


def found(client, **query):
    """Return the names of the services that `query` finds, in their order."""
    return [service.name for service in client.get(SERVICES, query).context["services"]]


def test_services_are_found_by_what_patients_call_them(client):
    create_service(name="Anticoagulation Clinic", also_known_as="blood thinner, warfarin")
    create_service(name="Cardiology", summary="Care for the heart.")
    create_service(name="Draft", also_known_as="blood thinner", published_at=None)
    rebuild()

    assert found(client, q="blood thinner") == ["Anticoagulation Clinic"]
    assert found(client, q="heart") == ["Cardiology"]
    assert found(client, q="cardiolgy") == ["Cardiology"]


def test_services_are_narrowed_by_place_and_by_telehealth(client):
    mill, pearl = create_location(name="Mill", slug="mill"), create_location(name="Pearl", slug="pearl")
    labs, talks = create_service(name="Labs"), create_service(name="Talks", telehealth=True)
    for service, location in [(labs, mill), (talks, mill), (talks, pearl)]:
        create_offering(service=service, location=location)

    assert found(client) == ["Labs", "Talks"]
    assert found(client, location="mill") == ["Labs", "Talks"]
    assert found(client, location="pearl") == ["Talks"]
    assert found(client, location="mill", telehealth="on") == ["Talks"]


def test_words_and_place_narrow_together(client):
    mill, pearl = create_location(name="Mill", slug="mill"), create_location(name="Pearl", slug="pearl")
    for name, location in [("Heart Tests", mill), ("Heart Talks", pearl)]:
        create_offering(service=create_service(name=name), location=location)
    rebuild()

    assert found(client, q="heart", location="pearl") == ["Heart Talks"]


def test_only_places_where_something_is_offered_can_be_chosen(client):
    create_offering(service=create_service(), location=create_location(name="Mill", slug="mill"))
    create_offering(service=create_service(published_at=None), location=create_location(name="Empty", slug="empty"))
    create_offering(service=create_service(), location=create_location(name="Draft", slug="d", published_at=None))

    form = client.get(SERVICES).context["form"]

    assert form.fields["location"].choices == [("", "Any location"), ("mill", "Mill")]


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"q": "gardening"}, id="no-such-care"),
        pytest.param({"telehealth": "on"}, id="none-by-video"),
        pytest.param({"location": "x", "page": "9999", "q": "\0"}, id="hostile"),
        pytest.param({"q": "a" * 500}, id="too-long"),
    ],
)
def test_where_no_service_fits_there_is_a_way_out(client, query):
    create_service(name="Surgery")
    rebuild()

    response = client.get(SERVICES, query)

    assert (response.status_code, response.context["services"]) == (200, [])
    words = words_in(response)
    assert "No service fits what you asked for." in words
    assert "Show all services" in words
    assert "860.889.8331" in words


def test_what_is_typed_cannot_run_anything(client):
    assert "<script>alert" not in client.get(SERVICES, {"q": "<script>alert(1)</script>"}).content.decode()


def test_a_page_of_filters_is_not_for_search_engines(client):
    create_service(telehealth=True)

    assert client.get(SERVICES).context["head"].indexed is True
    assert client.get(SERVICES, {"telehealth": "on"}).context["head"].indexed is False


def test_htmx_gets_the_list_alone_with_how_many_fit(client):
    create_service(name="Labs", telehealth=True)

    response = client.get(SERVICES, {"telehealth": "on"}, headers={"hx-request": "true"})

    content = response.content.decode()
    assert "<html" not in content
    assert '<div hx-swap-oob="innerHTML:#found-count">1 service fits' in content
    assert "Hx-Request" in response["Vary"].title()


def test_a_service_tells_what_it_helps_with_and_what_else_there_is(client):
    other, draft = create_service(name="Cardiac Rehab"), create_service(name="Draft", published_at=None)
    service = create_service(name="Cardiology", conditions="High blood pressure\n\n Heart failure ", telehealth=True)
    service.related.set([other, draft])
    service.people.set([create_person(name="Ada Lane"), create_person(name="Hidden", published_at=None)])

    words = words_in(client.get(service.get_absolute_url()))

    assert "What it helps with High blood pressure Heart failure" in words
    assert "Related services Cardiac Rehab" in words
    assert "Also by video or telephone" in words
    assert "Ada Lane" in words
    assert "Draft" not in words
    assert "Hidden" not in words


def test_a_service_tells_how_patients_get_it_at_each_place(client):
    service = create_service(name="Labs", slug="labs")
    contact = create_contact(name="Lab desk", number="860-889-8331 ext. 12")
    create_offering(
        service=service,
        location=create_location(name="Mill"),
        walk_in=True,
        referral=True,
        how_to_book="Bring the order.",
        contact=contact,
        hours="Mon-Fri 7 AM-noon; Sat 8 AM-10 AM; by appointment",
    )
    create_offering(service=service, location=create_location(published_at=None, name="Draft"))

    words = words_in(page(client, "/services/labs/"))

    assert "Walk in, no appointment needed Referral needed Bring the order. Open now until noon" in words
    assert "Monday to Friday, 7 AM to noon Saturday, 8 AM to 10 AM By appointment" in words
    assert "860.889.8331 ext. 12" in words
    assert "Draft" not in words


def test_without_hours_of_its_own_a_service_has_those_of_the_place(client):
    service = create_service(slug="labs")
    create_offering(service=service, location=create_office())

    assert "Open now until 4:30 PM" in words_in(page(client, "/services/labs/"))


def test_at_a_closed_place_no_service_is_open(client):
    office = create_office(status="closed", status_note="Water in the basement.")
    service = create_service(slug="labs")
    desk = create_contact(number="860-889-8331")
    desk.numbers.update(hours="Mon-Fri 7 AM-noon")
    office.contacts.add(desk)
    create_offering(service=service, location=office, contact=desk, hours="Mon-Fri 7 AM-noon")

    for address in ("/services/labs/", office.get_absolute_url()):
        words = words_in(page(client, address))
        assert "Temporarily closed Water in the basement." in words
        assert "Open now" not in words


def test_a_holiday_closes_a_service_that_says_so(client):
    create_holiday(day=MONDAY_TEN.date(), name="Founders Day")
    create_offering(service=create_service(slug="labs"), hours="Mon-Fri 7 AM-noon; holidays closed")

    assert "Closed now. Opens tomorrow at 7 AM Today: Founders Day" in words_in(page(client, "/services/labs/"))


def test_no_cache_keeps_a_service_beyond_its_own_hours(client):
    create_offering(service=create_service(slug="labs"), hours="Mon-Fri 7 AM-noon")

    response = page(client, "/services/labs/", at=wall(11, 23, 11, 59).replace(second=30))

    assert response["Cache-Control"] == "public, must-revalidate, max-age=30"


def test_each_number_of_a_service_and_of_a_place_has_its_hours_and_no_cache_outlives_them(client):
    desk = create_contact(name="Desk", number="860-889-8331")
    desk.numbers.update(hours="Mon-Fri 8 AM-4 PM")
    office = create_location(slug="mill")
    service = create_service(slug="labs")
    create_offering(service=service, location=office, contact=desk)
    for of_it in (service, office):
        of_it.contacts.add(create_contact(number="860-889-8332"))

    for address in ("/services/labs/", "/locations/mill/"):
        response = page(client, address, at=wall(11, 23, 15, 59).replace(second=30))
        assert "860.889.8331 Open now until 4 PM Monday to Friday, 8 AM to 4 PM" in words_in(response)
        assert 'data-expires-at="2026-11-23T16:00:00-05:00"' in response.content.decode()
        assert "js/expiry" in response.content.decode()
        assert response["Cache-Control"] == "public, must-revalidate, max-age=30"


def test_features_tell_what_is_related(client, monkeypatch):
    monkeypatch.setattr("directory.related._functions", [])
    register_related(lambda service, at: RelatedLinks("News", [RelatedLink(f"About {service}", "/news/a/")]))
    register_related(lambda service, at: RelatedLinks("Events", []))
    service = create_service(name="Labs")

    assert related_to(service, MONDAY_TEN) == [RelatedLinks("News", [RelatedLink("About Labs", "/news/a/")])]
    assert "News About Labs" in words_in(client.get(service.get_absolute_url()))


@pytest.mark.parametrize("rows", [1, 30])
def test_a_service_asks_as_many_queries_however_much_belongs_to_it(client, django_assert_num_queries, rows):
    service = create_service(slug="labs")
    image = create_image()
    for number in range(rows):
        contact = create_contact(number="860-889-8331")
        service.contacts.add(contact)
        create_offering(
            service=service, location=create_office(name=f"Mill {number}", slug=f"m-{number}"), contact=contact
        )
        service.people.add(create_person(image=image))
        service.related.add(create_service())

    with time_machine.travel(MONDAY_TEN, tick=False), django_assert_num_queries(3 + 10):
        assert client.get("/services/labs/").status_code == 200


@pytest.mark.parametrize(("rows", "queries"), [(1, 7), (6, 7), (30, 8)])
def test_a_place_asks_as_many_queries_however_much_is_there(client, django_assert_num_queries, rows, queries):
    office = create_office()
    image = create_image()
    for number in range(rows):
        contact = create_contact(number="860-889-8331")
        office.contacts.add(contact)
        create_offering(service=create_service(), location=office, contact=contact)
        office.people.add(create_person(image=image))
        office.photos.create(image=image, position=number)

    with time_machine.travel(MONDAY_TEN, tick=False), django_assert_num_queries(3 + queries):
        assert client.get(office.get_absolute_url()).status_code == 200
