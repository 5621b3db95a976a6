import pytest

from directory.lifelines import Lifelines, lifelines
from directory.models import Contact, ContactNumber
from tests.factories import create_contact, create_number

pytestmark = pytest.mark.django_db

Role = Contact.Role


def test_a_new_site_has_no_lifelines():
    assert lifelines() == Lifelines(main=None, emergency=None)


def test_both_numbers_come_in_one_query(django_assert_num_queries):
    main = create_number(contact=create_contact(role=Role.MAIN), number="860-889-8331")
    emergency = create_number(contact=create_contact(role=Role.EMERGENCY), number="860-823-6389")
    create_contact(number="860-889-0000")

    with django_assert_num_queries(1):
        found = lifelines()
        assert (found.main.displayed, found.emergency.displayed) == ("860.889.8331", "860.823.6389")

    assert found == Lifelines(main=main, emergency=emergency)


def test_the_first_number_counts_and_never_a_fax():
    contact = create_contact(role=Role.MAIN)
    create_number(contact=contact, number="860-889-0003", position=3)
    second = create_number(contact=contact, number="860-889-0002", position=2)
    create_number(contact=contact, number="860-889-0001", position=1, kind=ContactNumber.Kind.FAX)

    assert lifelines().main == second


def test_a_draft_has_no_lifeline():
    create_contact(role=Role.MAIN, published_at=None, number="860-889-8331")

    assert lifelines().main is None
