import pytest
from django.urls import reverse

from directory.models import Contact
from tests.factories import (
    create_contact,
    create_editor,
    create_hours,
    create_image,
    create_location,
    create_number,
    create_person,
    create_section,
    create_service,
)

pytestmark = pytest.mark.django_db


def create_row(name):
    """Make one more row of the list page `name`, with all that a row may show."""
    contact = create_contact(number="860-889-8331", title="Director", note="Ask for me.", also_known_as="a, b")
    if name == "contact_list":
        create_number(contact=contact, number="860-889-8332", position=2)
    elif name == "service_list":
        create_service(image=create_image()).contacts.add(contact)
    elif name == "location_list":
        location = create_location(image=create_image(), street="1 Main Street", city="Norwich")
        location.contacts.add(contact)
        create_hours(location)
    else:
        person = create_person(image=create_image(), contact=contact, specialties="Surgery", leadership_position=None)
        person.locations.add(create_location())
        create_person(provider=False, leadership_position=person.pk, image=create_image())


# Three of each are the frame: alerts, menus, lifelines.
QUERIES = {
    "contact_list": 3 + 6,
    "service_list": 3 + 2,
    "location_list": 3 + 4,
    "person_list": 3 + 5,
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", QUERIES)
def test_a_list_asks_as_many_queries_whatever_its_length(client, django_assert_num_queries, name, rows):
    for _ in range(rows):
        create_row(name)

    with django_assert_num_queries(QUERIES[name]):
        response = client.get(reverse(f"directory:{name}"))

    assert response.status_code == 200


@pytest.mark.parametrize("name", QUERIES)
def test_a_list_without_rows_is_a_page(client, name):
    assert client.get(reverse(f"directory:{name}")).status_code == 200


def test_contacts_stand_in_their_sections_in_the_keepers_order(client):
    second = create_section(name="Second", position=2)
    first = create_section(name="First", position=1)
    create_section(name="Empty", position=3)
    b = create_contact(name="B", section=first, position=2)
    a = create_contact(name="A", section=second, position=1)
    z = create_contact(name="Z", section=first, position=1)
    create_contact(name="Draft", section=first, position=3, published_at=None)

    sections = client.get(reverse("directory:contact_list")).context["sections"]

    assert [(section.name, [entry.pk for entry in section.entries]) for section in sections] == [
        ("First", [z.pk, b.pk]),
        ("Second", [a.pk]),
    ]


def test_a_contact_is_printed_as_it_is_dialled(client):
    contact = create_contact(name="Anticoagulation “Café”", number="860-889-8331 ext. 2215")

    content = client.get(reverse("directory:contact_list")).content.decode()

    assert 'href="tel:+18608898331,2215"' in content
    assert (
        '<span class="number">860.889.8331</span> <span class="number" aria-hidden="true">ext. 2215</span>' in content
    )
    assert f'id="contact-{contact.pk}"' in content
    assert "Anticoagulation “Café”" in content


def test_a_contact_without_a_number_leads_to_the_main_number(client):
    create_contact(name="Main", role=Contact.Role.MAIN, number="860-889-8331")
    create_contact(name="Volunteers")

    content = client.get(reverse("directory:contact_list")).content.decode()

    row = content.partition("Volunteers")[2].partition("</li>")[0]
    assert "860.889.8331" in row


def test_services_stand_under_their_letter(client):
    for name in ("Surgery", "Café", "cardiology", "24-hour pharmacy", "Éclair class", "emergency care", "Endoscopy"):
        create_service(name=name)

    context = client.get(reverse("directory:service_list")).context

    assert [(letter, [service.name for service in services]) for letter, services in context["groups"]] == [
        ("2", ["24-hour pharmacy"]),
        ("C", ["Café", "cardiology"]),
        ("E", ["Éclair class", "emergency care", "Endoscopy"]),
        ("S", ["Surgery"]),
    ]
    assert [letter for letter, has_services in context["letters"] if has_services] == ["C", "E", "S"]
    assert len(context["letters"]) == 26


DETAILS = [
    pytest.param(create_service, "change_service", id="service"),
    pytest.param(create_location, "change_location", id="location"),
    pytest.param(create_person, "change_person", id="person"),
]


@pytest.mark.parametrize(("create", "permission"), DETAILS)
def test_a_draft_is_there_for_its_editors_only_and_kept_in_no_cache(client, create, permission):
    draft = create(published_at=None)
    address = draft.get_absolute_url()

    assert client.get(address).status_code == 404

    client.force_login(create_editor(permissions=["change_article"]))
    assert client.get(address).status_code == 404

    client.force_login(create_editor(permissions=[permission]))
    response = client.get(address)
    assert response.status_code == 200
    assert {"private", "no-store", "no-cache"} <= set(response["Cache-Control"].split(", "))


@pytest.mark.parametrize(("create", "permission"), DETAILS)
def test_a_published_page_says_what_it_is(client, settings, create, permission):
    settings.SITE_URL = "https://www.example.org"
    thing = create()

    response = client.get(thing.get_absolute_url())

    assert response.status_code == 200
    assert response.context["head"].canonical == f"https://www.example.org{thing.get_absolute_url()}"
    assert response.context["head"].full_title == f"{thing} · Backus Hospital"


def test_a_service_shows_only_published_contacts_and_places(client):
    service = create_service()
    contact, place = create_contact(), create_location()
    service.contacts.set([contact, create_contact(published_at=None)])
    service.locations.set([place, create_location(published_at=None)])

    context = client.get(service.get_absolute_url()).context

    assert [called.pk for called in context["contacts"]] == [contact.pk]
    assert [offer.location for offer, own in context["offered"]] == [place]


def test_a_location_shows_only_published_contacts_and_services(client):
    location = create_location()
    contact, service = create_contact(), create_service()
    hidden = create_service(published_at=None)
    location.contacts.set([contact, create_contact(published_at=None)])
    service.locations.add(location)
    hidden.locations.add(location)

    context = client.get(location.get_absolute_url()).context

    assert [called.pk for called in context["contacts"]] == [contact.pk]
    assert [offer.service for offer, own in context["offered"]] == [service]


def test_a_person_whose_contact_is_a_draft_has_no_number(client):
    person = create_person(contact=create_contact(published_at=None, number="860-889-8331"))

    assert client.get(person.get_absolute_url()).context["called"] is None


def test_only_a_provider_is_a_physician_to_search_engines(client):
    provider = create_person(specialties="Surgery", contact=create_contact(number="860-889-8331 ext. 2"))
    leader = create_person(provider=False, leadership_position=1)

    structured = client.get(provider.get_absolute_url()).context["head"].json_ld
    assert [data["@type"] for data in structured] == ["BreadcrumbList", "Physician"]
    assert structured[1]["medicalSpecialty"] == ["Surgery"]
    assert structured[1]["telephone"] == "+18608898331"

    structured = client.get(leader.get_absolute_url()).context["head"].json_ld
    assert [data["@type"] for data in structured] == ["BreadcrumbList", "Person"]


def test_people_are_filtered_as_the_address_asks(client):
    ada = create_person(name="Ada", specialties="Surgery", sort_name="A")
    bob = create_person(name="Bob", specialties="Cardiology", sort_name="B")
    address = reverse("directory:person_list")

    everybody = client.get(address)
    assert (list(everybody.context["providers"]), everybody.context["filtered"]) == ([ada, bob], False)

    surgeons = client.get(address, {"specialty": "Surgery"})
    assert (list(surgeons.context["providers"]), surgeons.context["filtered"]) == ([ada], True)

    impossible = client.get(address, {"name": "a" * 100})
    assert (impossible.status_code, list(impossible.context["providers"])) == (200, [])
