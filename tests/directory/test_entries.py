"""What the phone list says of a contact: whose number, where, when, whether it was checked."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from directory.entries import entries
from directory.models import Contact, ContactNumber
from tests.factories import (
    create_check,
    create_contact,
    create_holiday,
    create_location,
    create_number,
    create_offering,
    create_person,
    create_section,
    create_service,
)

pytestmark = pytest.mark.django_db

CONTACTS = "/contact/"
MONDAY_NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)
OFFICE = "Mon-Fri 8 AM-4:30 PM; holidays closed; by appointment"


def entry_of(contact, at=MONDAY_NOON, main=None):
    [entry] = entries(Contact.objects.filter(pk=contact.pk), at, main)
    return entry


@pytest.mark.parametrize(
    ("line", "at", "told"),
    [
        (OFFICE, MONDAY_NOON, "Open now until 4:30 PM"),
        (OFFICE, MONDAY_NOON + timedelta(hours=6), "Closed now. Opens tomorrow at 8 AM"),
        (OFFICE, datetime(2026, 11, 26, 17, tzinfo=UTC), "Closed now. Opens tomorrow at 8 AM"),
        ("Sun 10 PM-6 AM", datetime(2026, 11, 23, 9, tzinfo=UTC), "Open now until 6 AM"),
        ("daily 24 hours", MONDAY_NOON, "Open now, 24 hours a day"),
    ],
)
def test_an_entry_says_whether_somebody_answers_now(line, at, told):
    create_holiday(day=date(2026, 11, 26))
    contact = create_contact()
    create_number(contact=contact, hours=line)

    assert entry_of(contact, at).hours.line.text == told


def test_a_holiday_is_named():
    create_holiday(day=date(2026, 11, 26), name="Thanksgiving Day")
    contact = create_contact()
    create_number(contact=contact, hours=OFFICE)

    assert entry_of(contact, datetime(2026, 11, 26, 17, tzinfo=UTC)).hours.line.today_is == "Thanksgiving Day"


def test_by_appointment_alone_says_nothing_of_now():
    contact = create_contact()
    create_number(contact=contact, hours="by appointment")

    hours = entry_of(contact).hours

    assert (hours.line, hours.usual) == (None, ("By appointment",))


def test_hours_of_all_numbers_stand_once_and_a_fax_has_none():
    contact = create_contact()
    create_number(contact=contact, hours="daily 24 hours")
    create_number(contact=contact, number="860-889-0002", position=2, hours="daily 24 hours")
    create_number(contact=contact, number="860-889-0003", kind="fax", position=3)

    entry = entry_of(contact)

    assert entry.hours.usual == ("24 hours a day, every day",)
    assert [number.hours.usual for number in entry.numbers] == [(), (), ()]


def test_hours_that_differ_stand_with_their_number():
    contact = create_contact()
    create_number(contact=contact, hours="Mon 8 AM-4 PM")
    create_number(contact=contact, number="860-889-0002", position=2)

    entry = entry_of(contact)

    assert entry.hours.usual == ()
    assert [number.hours.usual for number in entry.numbers] == [("Monday, 8 AM to 4 PM",), ()]


def test_an_entry_leads_to_the_places_services_and_people_that_the_public_sees():
    contact = create_contact(number="860-889-8331")
    create_location(name="Main campus", slug="main").contacts.add(contact)
    create_location(name="Not yet", published_at=None).contacts.add(contact)
    create_service(name="Surgery", slug="surgery").contacts.add(contact)
    create_person(name="Ada", slug="ada", contact=contact)
    offered = create_service(name="X-ray", slug="x-ray")
    create_offering(service=offered, location=create_location(name="Annex", slug="annex"), contact=contact)
    create_service(name="Of somebody else").contacts.add(create_contact())

    belongs = [(each.kind, each.name, each.path) for each in entry_of(contact).belongs]

    assert belongs == [
        ("place", "Annex", "/locations/annex/"),
        ("place", "Main campus", "/locations/main/"),
        ("service", "Surgery", "/services/surgery/"),
        ("service", "X-ray", "/services/x-ray/"),
        ("person", "Ada", "/people/ada/"),
    ]


def test_a_checked_contact_says_in_which_month():
    contact = create_contact(number="860-889-8331")
    create_check(contact=contact, checked_at=datetime(2026, 6, 15, 12, tzinfo=UTC))

    entry = entry_of(contact)

    assert (entry.checked, entry.checked_briefly) == ("June 2026", "6/2026")


@pytest.mark.parametrize("outcome", ["wrong", "no_answer"])
def test_a_number_that_last_proved_wrong_is_not_called_checked(outcome):
    contact = create_contact(number="860-889-8331")
    create_check(contact=contact, checked_at=datetime(2026, 6, 15, 12, tzinfo=UTC))
    create_check(contact=contact, checked_at=datetime(2026, 7, 15, 12, tzinfo=UTC), outcome=outcome)

    assert entry_of(contact).checked == ""


def test_without_a_number_of_its_own_the_main_number_is_named(settings):
    settings.MAIN_PHONE = "+18608898331"

    entry = entry_of(create_contact(name="Volunteers"))

    assert (entry.numbers, entry.instead.written, entry.instead.said) == ((), "860.889.8331", "Main number")


def test_what_has_not_changed_is_drawn_once_and_what_has_anew(django_assert_num_queries):
    contact = create_contact(name="Café <b>", number="860-889-8331")
    first = entry_of(contact)
    contact.name = "Cafeteria"
    contact.save()

    assert first.html is entry_of_again(first)
    assert "Café &lt;b&gt;" in first.html
    assert "Cafeteria" in entry_of(contact).html


def entry_of_again(entry):
    return type(entry)(**vars(entry)).html


def test_an_entry_is_drawn_in_each_language_by_itself():
    entry = entry_of(create_contact(number="860-889-8331"))
    english = entry.html

    with translation.override("es"):
        assert f'href="/es/contact/{entry.pk}.vcf"' in entry.html
    assert f'href="/contact/{entry.pk}.vcf"' in english


def test_an_extension_is_shown_dialled_and_heard_digit_by_digit(client):
    contact = create_contact(name="A-fib")
    create_number(contact=contact, number="860-889-8331 ext. 2215", spoken_label="Heart rhythm clinic", label="Nurse")

    html = entry_of(contact).html

    assert 'href="tel:+18608898331,2215"' in html
    assert "Call Heart rhythm clinic: </span>" in html
    assert '<span class="number" aria-hidden="true">ext. 2215</span>' in html
    assert '<span class="visually-hidden">extension 2 2 1 5</span>' in html
    assert '<span class="contact-list__note">Nurse</span>' in html


@pytest.mark.parametrize(
    ("fields", "address", "told"),
    [
        ({"kind": "tty", "number": "860-889-8331"}, "tel:+18608898331", "TTY (for the deaf and hard of hearing)"),
        ({"kind": "text", "number": "860-889-8331"}, "sms:+18608898331", "Text messages"),
        ({"kind": "short_code", "short_code": "31996"}, "sms:31996", "Short code for text messages"),
        ({"kind": "relay", "short_code": "711"}, "tel:711", "Relay service (711)"),
        ({"kind": "fax", "number": "860-889-8331"}, "", "Fax"),
    ],
)
def test_each_kind_of_number_says_what_it_is(fields, address, told):
    contact = create_contact()
    ContactNumber.objects.create(contact=contact, **fields)

    [shown] = entry_of(contact).numbers

    assert (shown.address, shown.kind) == (address, told)
    assert told in entry_of(contact).html


def test_no_cache_keeps_the_page_longer_than_open_now_is_true(client):
    create_number(contact=create_contact(), hours="Mon-Fri 8 AM-4:30 PM")

    with time_machine.travel(datetime(2026, 11, 23, 21, 29, 50, tzinfo=UTC), tick=False):
        page = client.get(CONTACTS)
    with time_machine.travel(datetime(2026, 11, 23, 21, 30, 0, tzinfo=UTC), tick=False):
        later = client.get(CONTACTS)

    assert "max-age=10" in page["Cache-Control"]
    assert 'data-expires-at="2026-11-23T16:30:00-05:00"' in page.content.decode()
    assert "Open now until 4:30 PM" in page.content.decode()
    assert "Closed now. Opens tomorrow at 8 AM" in later.content.decode()


def test_the_same_list_serves_all_who_ask_within_a_second_but_not_after_closing_time(client, settings):
    settings.PHONE_LIST_KEPT_FOR = timedelta(seconds=1)
    settings.SITE_NAME = "Kept for this test"
    contact = create_contact(name="First name")
    create_number(contact=contact, hours="Mon-Fri 8 AM-4:30 PM")

    def page(*moment):
        with time_machine.travel(datetime(2026, 11, 23, 21, *moment, tzinfo=UTC), tick=False):
            return client.get(CONTACTS).content.decode()

    assert "First name" in page(29, 59)
    Contact.objects.update(name="Second name")
    assert "First name" in page(29, 59, 900_000)
    assert "Second name" in page(30, 0)


@pytest.mark.parametrize("rows", [1, 30])
def test_it_asks_as_many_queries_for_thirty_as_for_one(django_assert_num_queries, rows):
    section = create_section()
    for position in range(rows):
        contact = create_contact(section=section, position=position + 1)
        create_number(contact=contact, number=f"860-889-{position:04}", hours=OFFICE)
        create_check(contact=contact)
        create_service().contacts.add(contact)

    with django_assert_num_queries(5):
        found = entries(Contact.objects.published(MONDAY_NOON), MONDAY_NOON, None)
        "".join(entry.html for entry in found)

    assert len(found) == rows
