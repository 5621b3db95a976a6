"""The page on which somebody registers for a date."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.limits import MOST_OF_A_SENDER
from events.models import DateStatus, EventDate, Question, Registration
from events.registration_links import registration_link
from publishing.form_stamps import make_stamp
from tests.events.registrations import BEGINS, WEEK_BEFORE, come, one_date
from tests.factories import create_event, create_registration

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(WEEK_BEFORE, tick=False) as clock:
        yield clock


def address(date):
    return f"/events/{date.event.slug}/register/{date.pk}/"


def filled_in(date, **changes):
    """Return what the form of `date`, shown a minute ago, sends."""
    told = {"name": "Ana Lima", "email": "ana@example.org", "party": "1"}
    return {"stamp": make_stamp(date, timezone.now() - timedelta(minutes=1))} | told | changes


def said(response):
    return response.content.decode()


def test_the_form_says_what_it_is_for_and_what_becomes_of_it(client):
    date = one_date(title="First aid", seats=3, keep_days=14)
    create_registration(date)

    response = client.get(address(date))

    assert response.status_code == 200
    assert "<strong>2 seats</strong> are left." in said(response)
    assert "It is deleted 14 days after the event." in said(response)
    assert response.cookies == {}
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_who_sends_it_is_registered_and_lands_on_a_page_of_their_own(client):
    date = one_date()

    response = client.post(address(date), filled_in(date, party="2", phone="860 555 0123"))

    stored = Registration.objects.get()
    assert (response.status_code, response["Location"]) == (302, registration_link(stored))
    assert (stored.date, stored.state, stored.name, stored.email, stored.party, stored.phone, stored.language) == (
        date,
        "confirmed",
        "Ana Lima",
        "ana@example.org",
        2,
        "860.555.0123",
        "en",
    )
    assert "You are registered" in said(client.get(response["Location"]))
    assert response.cookies == client.cookies == {}


def test_a_double_click_and_a_reload_register_once(client):
    date = one_date()
    form = filled_in(date)

    answers = {client.post(address(date), form)["Location"] for _each in range(3)}

    assert answers == {registration_link(Registration.objects.get())}


def test_going_back_and_sending_something_else_changes_nothing_and_says_so(client):
    date = one_date()
    form = filled_in(date)
    client.post(address(date), form)

    response = client.post(address(date), form | {"party": "3"})

    assert response["Location"] == registration_link(Registration.objects.get()) + "?again=1"
    assert Registration.objects.get().party == 1
    assert "What you typed this time was not taken over" in said(client.get(response["Location"]))


def test_where_all_is_taken_one_joins_the_waiting_list(client):
    date = one_date(seats=1, accept_hours=12)
    come(date)
    come(date, party=1)

    page = said(client.get(address(date)))
    client.post(address(date), filled_in(date))

    assert "All seats are taken." in page
    assert "1 person is waiting." in page
    assert "hold it for 12 hours" in page
    assert Registration.objects.get(name="Ana Lima").state == "waiting"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Type your name."),
        ({"name": "\u202e \u200b"}, "Type your name."),
        ({"name": "8605550123"}, "Type your name in letters."),
        ({"name": "a" * 101}, "Use at most 100 characters for the name."),
        ({"email": ""}, "Type your email address, such as name@example.com."),
        ({"email": "ana"}, "This is not a complete email address."),
        ({"email": "ana@example.org\r\nBcc: all@example.org"}, "This is not a complete email address."),
        ({"email": "a" * 300 + "@example.org"}, "This email address is too long."),
        ({"party": ""}, "Choose how many people come."),
        ({"party": "0"}, "Choose one of these numbers of people."),
        ({"party": "4"}, "Choose one of these numbers of people."),
        ({"party": "1e9"}, "Choose one of these numbers of people."),
        ({"phone": "12"}, "This is not a complete phone number."),
        ({"website": "https://spam.example"}, "A hidden field was filled in"),
        ({"stamp": ""}, "This page was open for a long time."),
        ({"stamp": "forged:x"}, "This page was open for a long time."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_stored(client, changes, message):
    date = one_date()

    response = client.post(address(date), filled_in(date, **changes))

    assert response.status_code == 422
    assert message in said(response)
    assert "data-error-summary" in said(response)
    assert Registration.objects.count() == 0


def test_a_form_of_another_date_or_sent_in_a_second_is_sent_once_more(client):
    date = one_date()

    other = client.post(address(date), filled_in(date, stamp=make_stamp(one_date(), WEEK_BEFORE)))
    fast = client.post(address(date), filled_in(date, stamp=make_stamp(date, WEEK_BEFORE)))

    assert "This page was open for a long time" in said(other)
    assert "looked like a program" in said(fast)


def test_hostile_words_are_shown_as_they_were_typed(client):
    date = one_date(title="<script>alert(1)</script>")
    Question.objects.create(event=date.event, text="<b>Which?</b>")
    client.post(address(date), filled_in(date, name="<img src=x onerror=alert(1)>"))

    page = said(client.get(registration_link(Registration.objects.get())))

    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_questions_are_asked_by_their_kind_and_answers_kept_as_words(client):
    date = one_date()
    ask = date.event.questions.create
    line = ask(position=1, text="From whom have you heard of it?")
    yes = ask(position=2, text="Is it your first time?", kind="yes_no", required=True)
    choice = ask(position=3, text="Which size?", kind="choice", choices="Small\nLarge")
    number = ask(position=4, text="How many children?", kind="number")

    refused = client.post(
        address(date), filled_in(date, **{f"question_{choice.pk}": "Huge", f"question_{number.pk}": "many"})
    )
    taken = client.post(
        address(date),
        filled_in(
            date,
            **{
                f"question_{line.pk}": " a \u202efriend ",
                f"question_{yes.pk}": "no",
                f"question_{choice.pk}": "Large",
                f"question_{number.pk}": "0",
            },
        ),
    )

    for message in ("Please answer this question.", "Choose one of the answers.", "Type a number in digits"):
        assert message in said(refused)
    assert taken.status_code == 302
    assert Registration.objects.get().answers == [
        {"question": "From whom have you heard of it?", "answer": "a friend"},
        {"question": "Is it your first time?", "answer": "No"},
        {"question": "Which size?", "answer": "Large"},
        {"question": "How many children?", "answer": "0"},
    ]


@pytest.mark.parametrize(
    ("fields", "at", "message"),
    [
        ({"closes_hours": 2}, BEGINS - timedelta(hours=2), "It is not possible any more to register for this date."),
        ({}, BEGINS + timedelta(days=1), "This date is over."),
        ({"sign_up_by": "none"}, WEEK_BEFORE, "You do not register for this event on this site."),
        ({"sign_up_by": "elsewhere", "sign_up": "Call Ben."}, WEEK_BEFORE, "Call Ben."),
    ],
)
def test_where_nobody_can_register_the_page_says_why(client, clock, fields, at, message):
    date = one_date(**fields)
    form = filled_in(date)
    clock.move_to(at)

    assert (shown := client.get(address(date))).status_code == 200
    assert message in said(shown)
    assert client.post(address(date), form).status_code == 409
    assert Registration.objects.count() == 0


def test_a_cancelled_date_says_so_and_what_the_coordinator_added(client):
    date = one_date()
    EventDate.objects.update(status=DateStatus.CANCELLED, status_note="The nurse is ill.")

    page = said(client.get(address(date)))

    assert "This date does not take place. The nurse is ill." in page


def test_too_many_people_at_once_are_told_how_many_fit(client):
    date = one_date(seats=2, waiting_list=False)
    form = filled_in(date, party="2")
    come(date)

    response = client.post(address(date), form)

    assert response.status_code == 422
    assert "All seats are taken, and there is no waiting list." in said(response)


def test_a_thousand_from_one_address_are_refused_in_a_sentence(client):
    date = one_date(seats=None)

    answers = [
        client.post(address(date), filled_in(date, email=f"a{number}@example.org"), REMOTE_ADDR="203.0.113.9")
        for number in range(MOST_OF_A_SENDER + 3)
    ]

    assert [answer.status_code for answer in answers] == [302] * MOST_OF_A_SENDER + [429] * 3
    assert "Many registrations have come from your network address within an hour" in said(answers[-1])
    assert Registration.objects.count() == MOST_OF_A_SENDER


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_site_registers_nobody(client, headers):
    date = one_date()

    assert client.post(address(date), filled_in(date), headers=headers).status_code == 403
    assert Registration.objects.count() == 0


def test_a_date_of_another_event_or_of_none_is_not_found(client):
    date, other = one_date(), create_event()
    draft = one_date(published_at=None)

    assert client.get(f"/events/{other.slug}/register/{date.pk}/").status_code == 404
    assert client.get(f"/events/{other.slug}/register/{10**30}/").status_code == 404
    assert client.get(address(draft)).status_code == 404


def test_in_spanish_the_registration_remembers_its_language(client):
    date = one_date()

    client.post(f"/es{address(date)}", filled_in(date))

    assert Registration.objects.get().language == "es"
