"""What mails to people registered say, and what they never say."""

from datetime import timedelta

import pytest
import time_machine

from events.mails import is_still_true, message_of, occasion_of
from events.models import DateStatus, EventDate, RegistrationMail
from events.registering import accept, cancel
from events.telling import tell_registered
from tests.events.registrations import BEGINS, WEEK_BEFORE, come, one_date
from tests.factories import create_contact, create_location, create_registration

pytestmark = pytest.mark.django_db

Kind = RegistrationMail.Kind


@pytest.fixture(autouse=True)
def clock(settings):
    settings.SITE_URL = "https://www.example.org"
    with time_machine.travel(WEEK_BEFORE, tick=False) as clock:
        yield clock


def newest(registration):
    """Return the RegistrationMail that was promised last, as the worker reads it."""
    return RegistrationMail.objects.filter(registration=registration).order_by("-pk")[0]


def test_the_confirmation_says_when_and_where_and_how_to_cancel_and_brings_the_date_for_the_calendar():
    place = create_location(name="Main campus", street="326 Washington Street", city="Norwich")
    contact = create_contact(number="860-889-8331")
    date = one_date(title="First aid", location=place, place="Room 3", contact=contact, keep_days=14)
    registration = come(date, party=2)

    message = message_of(newest(registration))

    assert message.subject == "You are registered: First aid"
    assert message.to == [registration.email]
    for words in (
        "Friday, June 4, 2021, 10:00 AM – 11:30 AM EDT",
        "Room 3, Main campus, 326 Washington Street, Norwich, CT",
        "For 2 people.",
        "https://www.example.org/events/registration/came-",
        "Questions: 860.889.8331",
        "It is deleted with your registration 14 days after it.",
    ):
        assert words in message.body
    [(name, content, mime_type)] = message.attachments
    assert (name, mime_type) == ("event.ics", "text/calendar")
    assert "BEGIN:VEVENT" in content


def test_no_mail_says_what_was_typed_into_the_form():
    registration = come(
        one_date(),
        name="Buy at https://spam.example",
        phone="860-555-0123",
        answers=[{"question": "Which illness?", "answer": "Diabetes"}],
    )

    message = message_of(newest(registration))

    whole = message.message().as_string() + message.body + message.subject
    for typed in ("spam", "860-555-0123", "+18605550123", "illness", "Diabetes"):
        assert typed not in whole


def test_no_title_writes_into_the_head_of_a_mail_or_into_the_calendar_file():
    date = one_date()
    date.event.title = "Class\r\nBcc: all@example.org\nEND:VEVENT"
    date.event.save()

    message = message_of(newest(come(date)))

    assert message.subject == "You are registered: Class Bcc: all@example.org END:VEVENT"
    assert "Bcc" not in message.message()
    assert "\r\nEND:VEVENT\r\nEND:VEVENT" not in message.attachments[0][1]


def test_an_offer_says_until_when_and_leads_to_the_page():
    date = one_date(seats=1)
    first, second = come(date), come(date)
    cancel(first)

    message = message_of(newest(second))

    assert message.subject == "A seat is free. Please answer: " + date.event.title
    assert "held until Sat, May 29, 10:00 AM EDT" in message.body
    assert "Say whether you take the seat:\nhttps://www.example.org/events/registration/" in message.body


def test_the_link_to_take_part_is_mailed_to_those_registered_alone():
    date = one_date(online=True, online_url="https://video.example/room", seats=1)
    coming, waiting = come(date), come(date)

    assert "https://video.example/room" in message_of(newest(coming)).body
    assert "https://video.example/room" not in message_of(newest(waiting)).body


def test_of_a_cancelled_date_people_read_what_the_coordinator_adds():
    date = one_date()
    registration = come(date)
    EventDate.objects.update(status=DateStatus.CANCELLED)
    tell_registered([date], Kind.DATE_CANCELLED, message="The nurse is ill.\n\nWe are sorry.", occasion="1")

    message = message_of(newest(registration))

    assert message.subject.startswith("Cancelled: ")
    assert "The nurse is ill.\n\nWe are sorry." in message.body
    assert "It was to be: Friday, June 4, 2021" in message.body
    assert "STATUS:CANCELLED" in message.attachments[0][1]


def test_the_same_mail_is_known_again_however_often_it_is_sent():
    mail = newest(come(one_date()))

    headers = message_of(mail).message()

    assert headers["Message-ID"] == f"<registration-mail-{mail.pk}@www.example.org>"
    assert headers["Auto-Submitted"] == "auto-generated"


def test_links_lead_to_the_language_in_which_somebody_registered():
    message = message_of(newest(come(one_date(), language="es")))

    assert "https://www.example.org/es/events/registration/" in message.body


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_mail_has_a_subject_and_a_text(kind):
    until = BEGINS if kind == Kind.OFFERED else None
    registration = create_registration(one_date(), state="offered" if until else "confirmed", offered_until=until)
    mail = RegistrationMail.objects.create(registration=registration, kind=kind)

    message = message_of(mail)

    assert registration.date.event.title in message.subject
    assert registration.date.event.title in message.body
    assert "None" not in message.body


# What has been overtaken is not sent.


def test_what_was_promised_and_is_no_longer_so_is_not_sent():
    date = one_date(seats=1)
    first, second = come(date), come(date)
    confirmed, waiting = newest(first), newest(second)
    assert (is_still_true(confirmed, WEEK_BEFORE), is_still_true(waiting, WEEK_BEFORE)) == (True, True)

    cancel(first)
    confirmed, offered = RegistrationMail.objects.get(pk=confirmed.pk), newest(second)

    assert is_still_true(confirmed, WEEK_BEFORE) is False
    assert is_still_true(RegistrationMail.objects.get(pk=waiting.pk), WEEK_BEFORE) is False
    assert is_still_true(offered, WEEK_BEFORE) is True
    assert is_still_true(offered, WEEK_BEFORE + timedelta(hours=24)) is False
    accept(second)
    assert is_still_true(RegistrationMail.objects.get(pk=offered.pk), WEEK_BEFORE) is False


def test_a_reminder_of_a_date_that_has_begun_or_was_moved_or_cancelled_is_not_sent():
    date = one_date()
    mail = RegistrationMail.objects.create(registration=come(date), kind=Kind.DAYS_BEFORE, occasion=occasion_of(date))

    assert is_still_true(mail, BEGINS - timedelta(seconds=1)) is True
    assert is_still_true(mail, BEGINS) is False
    EventDate.objects.update(status=DateStatus.CANCELLED)
    assert is_still_true(RegistrationMail.objects.get(pk=mail.pk), WEEK_BEFORE) is False
    EventDate.objects.update(status=DateStatus.ON, starts_at=BEGINS + timedelta(minutes=5))
    assert is_still_true(RegistrationMail.objects.get(pk=mail.pk), WEEK_BEFORE) is False
