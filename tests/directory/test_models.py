"""Locations, services and people."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from directory.models import Person
from tests.factories import create_location, create_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({}, []),
        ({"street": "326 Washington Street"}, ["326 Washington Street"]),
        ({"city": "Norwich"}, ["Norwich, CT"]),
        (
            {"street": "326 Washington Street", "city": "Norwich", "postal_code": "06360"},
            ["326 Washington Street", "Norwich, CT 06360"],
        ),
        ({"city": "Norwich", "state": ""}, ["Norwich"]),
        ({"postal_code": "06360"}, ["06360"]),
    ],
)
def test_an_address_has_only_the_lines_that_are_known(fields, lines):
    assert create_location(**fields).address_lines == lines


def test_directions_escape_what_they_ask_for():
    location = create_location(name="Café & Clinic #2", city="Norwich")

    assert location.directions_address == (
        "https://www.openstreetmap.org/search?query=Caf%C3%A9+%26+Clinic+%232%2C+Norwich%2C+CT"
    )


def test_a_person_gives_care_or_leads():
    person = Person(name="A", sort_name="A", slug="a", provider=False)

    with pytest.raises(ValidationError) as refused:
        person.full_clean()

    assert refused.value.messages == [
        "Tick “gives care” or give a place in the leadership team: the page lists only these."
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        person.save()


def test_names_carry_their_credentials():
    assert create_person(name="Laura Currie", credentials="RN, MS").full_name == "Laura Currie, RN, MS"
    assert create_person(name="Laura Currie").full_name == "Laura Currie"


def test_specialties_are_a_list():
    assert create_person(specialties="Cardiology, , Sleep Medicine ").specialty_list == ["Cardiology", "Sleep Medicine"]
    assert create_person(specialties="").specialty_list == []


def test_leaders_come_in_their_order_and_providers_by_surname():
    second = create_person(provider=False, leadership_position=2, sort_name="A")
    first = create_person(provider=True, leadership_position=1, sort_name="Z")
    provider = create_person(sort_name="B")

    assert list(Person.objects.leaders()) == [first, second]
    assert list(Person.objects.providers()) == [provider, first]
