"""Whom to call, and when somebody answers, as every page tells it."""

from datetime import UTC, date, datetime

import pytest

from directory.models import Contact
from directory.number_entries import numbers_of
from tests.factories import create_contact, create_holiday, create_number

pytestmark = pytest.mark.django_db

MONDAY_NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)


def called(*contacts, at=MONDAY_NOON):
    return list(numbers_of(list(Contact.objects.filter(pk__in=[each.pk for each in contacts])), at).values())


def test_nobody_to_call_is_an_answer(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert numbers_of([], MONDAY_NOON) == {}


def test_hours_alike_stand_once_and_those_that_differ_with_their_number():
    alike, different = create_contact(position=1), create_contact(position=2)
    for contact, hours in [(alike, "Mon 8 AM-4 PM"), (different, "")]:
        create_number(contact=contact, hours="Mon 8 AM-4 PM")
        create_number(contact=contact, number="860-889-0002", position=2, hours=hours)

    first, second = called(alike, different)

    assert (first.hours.line.text, [number.hours.line for number in first.numbers]) == (
        "Open now until 4 PM",
        [None, None],
    )
    assert (second.hours.line, [number.hours.usual for number in second.numbers]) == (
        None,
        [("Monday, 8 AM to 4 PM",), ()],
    )
    assert [line.text for each in (first, second) for line in each.open_lines] == ["Open now until 4 PM"] * 2


def test_the_first_to_call_is_no_fax_and_has_its_hours():
    contact = create_contact()
    create_number(contact=contact, kind="fax", number="860-889-0001")
    create_number(contact=contact, number="860-889-0002", position=2, hours="Mon 8 AM-4 PM")
    only_fax = create_contact()
    create_number(contact=only_fax, kind="fax")

    first, second = called(contact, only_fax)

    assert (first.first_to_call.written, first.first_to_call.hours.usual) == ("860.889.0002", ("Monday, 8 AM to 4 PM",))
    assert second.first_to_call is None


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("hours", "queries"), [("Mon-Fri 8 AM-4 PM", 2), ("Mon-Fri 8 AM-4 PM; holidays closed", 3)])
def test_holidays_are_asked_for_only_where_a_number_speaks_of_them(hours, queries, count, django_assert_num_queries):
    create_holiday(day=date(2026, 11, 23), name="Founders Day")
    contacts = [create_contact(position=position) for position in range(1, count + 1)]
    for contact in contacts:
        create_number(contact=contact, hours=hours)

    with django_assert_num_queries(queries):  # the contacts, their numbers, the holidays
        told = called(*contacts)

    assert {each.hours.line.is_open for each in told} == {queries == 2}
