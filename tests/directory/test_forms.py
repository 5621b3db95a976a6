import pytest

from directory.forms import PeopleFilterForm
from directory.models import Person
from tests.factories import create_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return {
        "ada": create_person(name="Ada Cardio", specialties="Cardiology", accepting_new_patients=True, sort_name="1"),
        "bob": create_person(
            name="Bob Both", specialties="Cardiology, Surgery", accepting_new_patients=False, sort_name="2"
        ),
        "cyd": create_person(name="Cyd 100%", specialties="Surgery", accepting_new_patients=None, sort_name="3"),
        "dee": create_person(name="Dee Dent", specialties="Oral Surgery", languages="Spanish", sort_name="4"),
    }


def form_of(asked):
    return PeopleFilterForm(asked, said=Person.objects.values_list("specialties", "languages"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["ada", "bob", "cyd", "dee"]),
        ({"specialty": "Surgery"}, ["bob", "cyd"]),
        ({"specialty": "Oral Surgery"}, ["dee"]),
        ({"language": "Spanish"}, ["dee"]),
        ({"accepting": "on"}, ["ada"]),
        ({"accepting": "on", "specialty": "Surgery"}, []),
    ],
)
def test_people_are_found_by_specialty_language_and_whether_they_take_patients(people, asked, found):
    form = form_of(asked)

    assert form.is_valid()
    assert list(form.matching(Person.objects.providers())) == [people[name] for name in found]


@pytest.mark.parametrize(
    "asked", [{"name": "a" * 61}, {"name": "\x00"}, {"specialty": "\x00"}, {"specialty": "No such"}]
)
def test_what_cannot_be_is_told(asked):
    assert PeopleFilterForm(asked).is_valid() is False
