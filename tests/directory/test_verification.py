"""The verification round: whose turn it is, what one tap does, and that nobody overwrites another."""

import re
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connections
from django.urls import reverse

from directory.models import Contact, ContactNumber, NumberCheck
from directory.verification.pressing import NotThereError, SomebodyWasFirstError, press, take_back
from directory.verification.turns import round_at
from tests.factories import create_check, create_contact, create_editor, create_number, create_section

database = pytest.mark.django_db
Outcome = NumberCheck.Outcome

NOON = datetime(2026, 6, 10, 16, tzinfo=UTC)  # noon at the hospital
HALF_A_YEAR_LATER = date(2026, 12, 9)
VERIFY = reverse("admin:directory_contact_verify")


@pytest.fixture
def caller(client):
    user = create_editor(permissions=["view_contact", "add_numbercheck"], first_name="Ana", last_name="Ruiz")
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def listed(*names, **fields):
    """Make a published contact of each name, each with a number of its own."""
    section = create_section()
    return [
        create_contact(name=name, section=section, position=place, number=f"860-425-{1000 + place}", **fields)
        for place, name in enumerate(names, start=1)
    ]


def left(at=NOON):
    """Return the names of those whose turn it is, in their order."""
    return [turn.contact.name for turn in round_at(at).turns]


def ring(contact, outcome=Outcome.RIGHT, *, user=None, number=None, seen=None, note=""):
    number = number or contact.numbers.first().value
    return press(contact.pk, number, outcome, user=user or create_editor(), seen=seen, note=note)


def told(client, about, pressed, **data):
    """Press the button `pressed` of the contact `about` as its form sends it, but for `data`."""
    newest = about.checks.standing().first()
    sent = {"contact": about.pk, "number": about.numbers.first().value, "seen": newest.pk if newest else ""}
    return client.post(VERIFY, {**sent, "outcome": pressed, **data}, follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


# Whose turn it is


@database
def test_those_never_checked_come_first_then_the_oldest_and_last_who_did_not_answer():
    silent, young, old, _never, reviewed = listed("Silent", "Young", "Old", "Never", "Reviewed")
    create_check(contact=silent, outcome=Outcome.NO_ANSWER, checked_at=NOON - timedelta(hours=1))
    create_check(contact=young, checked_at=NOON - timedelta(days=10))
    create_check(contact=old, checked_at=NOON - timedelta(days=300))
    create_check(contact=reviewed, checked_at=NOON - timedelta(days=10))
    Contact.objects.filter(pk=reviewed.pk).update(review_on=NOON.date())

    assert left() == ["Never", "Old", "Reviewed", "Silent"]
    assert (round_at(NOON).checked, round_at(NOON).total) == (1, 5)


@database
def test_drafts_faxes_and_contacts_without_a_number_are_not_rung():
    listed("Draft", published_at=None)
    create_contact(name="Nobody")
    create_number(contact=create_contact(name="Fax"), number="860-425-5885", kind=ContactNumber.Kind.FAX)

    assert (left(), round_at(NOON).total) == ([], 0)


@database
def test_a_wrong_number_is_checked_until_it_is_another_one():
    (contact,) = listed("Hospice")
    ring(contact, Outcome.WRONG)
    assert left() == []

    contact.numbers.update(number="+18604255999")
    assert left() == ["Hospice"]


@database
def test_a_check_holds_for_half_a_year():
    (contact,) = listed("Hospice")
    ring(contact)
    Contact.objects.update(review_on=None)

    assert left(NOON + timedelta(days=182)) == []
    assert left(NOON + timedelta(days=183)) == ["Hospice"]


# What a tap does


@database
def test_right_for_all_numbers_puts_the_review_off_without_a_revision():
    (contact,) = listed("Hospice", review_on=date(2026, 6, 1))
    second = create_number(contact=contact, number="860-425-5885")
    changed_at = Contact.objects.get().changed_at

    ring(contact)
    assert Contact.objects.get().review_on == date(2026, 6, 1)

    ring(contact, number=second.value)
    stored = Contact.objects.with_numbers().with_checks().get()
    assert (stored.review_on, stored.checked_on) == (HALF_A_YEAR_LATER, NOON.date())
    assert stored.changed_at == changed_at


@database
def test_a_review_that_is_later_anyway_stays():
    (contact,) = listed("Hospice", review_on=date(2028, 1, 1))

    ring(contact)

    assert Contact.objects.get().review_on == date(2028, 1, 1)


@database
@pytest.mark.parametrize("outcome", [Outcome.WRONG, Outcome.NO_ANSWER])
def test_wrong_and_no_answer_put_nothing_off(outcome):
    (contact,) = listed("Hospice", review_on=NOON.date())

    ring(contact, outcome)

    assert Contact.objects.get().review_on == NOON.date()


@database
def test_pressed_twice_is_stored_once():
    (contact,) = listed("Hospice")
    user = create_editor()

    assert ring(contact, user=user) == ring(contact, user=user)
    assert NumberCheck.objects.count() == 1


@database
def test_who_comes_second_overwrites_nothing():
    (contact,) = listed("Hospice")
    first = ring(contact)

    with pytest.raises(SomebodyWasFirstError) as error:
        ring(contact, Outcome.WRONG)

    assert error.value.check == first
    assert ring(contact, Outcome.WRONG, seen=first.pk).outcome == Outcome.WRONG  # having seen it
    assert NumberCheck.objects.count() == 2


@database
def test_a_number_that_is_not_there_any_more():
    (contact,) = listed("Hospice")

    with pytest.raises(NotThereError):
        ring(contact, number="+18604250000")
    Contact.objects.all().delete()
    with pytest.raises(NotThereError):
        press(contact.pk, "+18604251001", Outcome.RIGHT, user=create_editor(), seen=None)


@database
def test_taken_back_it_stays_in_the_history_and_counts_no_more():
    (contact,) = listed("Hospice", review_on=date(2026, 6, 1))
    user = create_editor()
    check = ring(contact, user=user)

    assert take_back(check.pk, user=user) == check

    stored = Contact.objects.with_numbers().with_checks().get()
    assert (left(), stored.review_on, stored.checked_on) == (["Hospice"], date(2026, 6, 1), None)
    assert NumberCheck.objects.get().undone_at == NOON


@database
def test_only_the_own_newest_check_of_today_can_be_taken_back():
    (contact,) = listed("Hospice")
    user, other = create_editor(), create_editor()
    check = ring(contact, user=user)

    assert take_back(check.pk, user=other) is None
    assert take_back(check.pk + 999, user=user) is None
    assert take_back(None, user=user) is None
    with time_machine.travel(NOON + timedelta(hours=25)):
        assert take_back(check.pk, user=user) is None
    ring(contact, user=other, outcome=Outcome.WRONG, seen=check.pk)
    assert take_back(check.pk, user=user) is None
    assert NumberCheck.objects.standing().count() == 2


@pytest.mark.several_writers
@pytest.mark.django_db(transaction=True)
def test_of_several_who_press_at_once_one_is_stored():
    with time_machine.travel(NOON, tick=True):
        (contact,) = listed("Hospice")
        users = [create_editor() for _ in range(5)]
        outcomes = [None] * 5

        def run(number):
            try:
                outcomes[number] = ring(contact, user=users[number]) and True
            except SomebodyWasFirstError:
                outcomes[number] = False
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=[number]) for number in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert outcomes.count(True) == 1
    assert NumberCheck.objects.count() == 1


# The screen


@database
def test_one_tap_leads_to_the_next_contact_with_a_receipt(client, caller):
    first, _second = listed("Hospice", "Gift Shop")

    response = told(client, first, "right", note=" Asked  for Kim. ")

    check = NumberCheck.objects.get()
    assert (check.outcome, check.checked_by, check.note, check.number) == (
        "right",
        caller,
        "Asked for Kim.",
        "+18604251001",
    )
    assert response.redirect_chain == [(f"{VERIFY}?done={check.pk}", 302)]
    page = " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
    assert "Right: Hospice, 860.425.1001 Take it back" in page
    assert "1 of 2 checked this round" in page
    assert response.context["contact"].name == "Gift Shop"


@database
def test_a_contact_with_a_second_number_stays_until_that_is_rung(client, caller):
    hospice, _shop = listed("Hospice", "Gift Shop")
    second = create_number(contact=hospice, number="860-425-5885")

    assert told(client, hospice, "no_answer").context["contact"].name == "Hospice"
    assert told(client, hospice, "right", number=second.value, seen="").context["contact"].name == "Gift Shop"


@database
def test_the_receipt_takes_it_back(client, caller):
    hospice, _shop = listed("Hospice", "Gift Shop")
    told(client, hospice, "wrong")

    response = client.post(VERIFY, {"undo": NumberCheck.objects.get().pk}, follow=True)

    assert said(response) == ["Taken back. It is this contact’s turn again."]
    assert response.context["contact"].name == "Hospice"


@database
def test_the_screen_tells_who_was_first(client, caller):
    (hospice,) = listed("Hospice")
    ring(hospice, user=create_editor(first_name="Ben", last_name="Moss"))

    response = told(client, hospice, "wrong", seen="")

    assert said(response) == [
        "Ben Moss was first: 860.425.1001 was marked “Right” at noon. Yours was not stored: press again if you "
        "found something else.".replace("noon", "12:00 PM")
    ]


@database
@pytest.mark.parametrize(
    "data",
    [
        {"outcome": "maybe"},
        {"outcome": ""},
        {"contact": "x"},
        {"contact": "9" * 40},
        {"number": ""},
        {"number": "\0"},
        {"number": "+1" * 60},
        {"seen": "-1"},
        {"seen": "9" * 40},
        {"note": "x" * 251},
        {"note": "\0"},
        {"undo": "x"},
        {"undo": "9" * 40},
    ],
)
def test_what_no_button_sends_is_refused_in_a_sentence(client, caller, data):
    (hospice,) = listed("Hospice")

    response = told(client, hospice, "right", **data)

    assert (response.status_code, len(said(response))) == (200, 1)
    assert NumberCheck.objects.count() == 0


@database
@pytest.mark.parametrize("query", ["contact=x", "contact=%00", "after=99999", "done=abc", "done=" + "9" * 40])
def test_an_address_that_names_nothing_shows_whose_turn_it_is(client, caller, query):
    listed("Hospice")

    assert client.get(f"{VERIFY}?{query}").context["contact"].name == "Hospice"


@database
def test_a_contact_can_be_skipped_and_the_last_leads_to_the_first(client, caller):
    first, second = listed("Hospice", "Gift Shop")

    assert client.get(f"{VERIFY}?after={first.pk}").context["contact"] == second
    assert client.get(f"{VERIFY}?after={second.pk}").context["contact"] == first


@database
def test_htmx_gets_the_next_contact_alone(client, caller):
    (hospice,) = listed("Hospice")

    response = client.get(VERIFY, headers={"HX-Request": "true"})

    assert response.content.decode().lstrip().startswith('<div id="turn">')
    assert response.context["contact"] == hospice


@database
def test_when_all_is_checked_and_when_there_is_nothing(client, caller):
    assert "There is no published contact with a number to ring." in client.get(VERIFY).content.decode()

    (hospice,) = listed("Hospice")
    response = told(client, hospice, "right")

    assert "Every number has been checked." in response.content.decode()


@database
def test_who_may_not_ring_is_refused(client):
    client.force_login(create_editor(permissions=["view_contact"]))

    assert client.get(VERIFY).status_code == client.post(VERIFY).status_code == 403


@database
def test_the_contacts_own_screen_shows_the_history(client):
    (hospice,) = listed("Hospice")
    user = create_editor(permissions=["view_contact", "change_contact"], first_name="Ben", last_name="Moss")
    take_back(ring(hospice, Outcome.WRONG, user=user, note="A <b>bakery</b>.").pk, user=user)
    client.force_login(user)

    page = client.get(reverse("admin:directory_contact_change", args=[hospice.pk])).content.decode()

    shown = page.partition('<ul class="checks">')[2].partition("</ul>")[0]
    assert shown == (
        '<li class="checks__line--undone">Wed, Jun 10, 12:00 PM EDT · 860.425.1001: <strong>Wrong</strong> '
        "(taken back) · Ben Moss A &lt;b&gt;bakery&lt;/b&gt;.</li>"
    )


@database
@pytest.mark.parametrize("count", [1, 30])
def test_the_round_asks_the_same_of_the_database_whatever_there_is(client, caller, django_assert_num_queries, count):
    for contact in listed(*[f"Ward {number}" for number in range(count)]):
        create_check(contact=contact, outcome=Outcome.NO_ANSWER)

    with django_assert_num_queries(11):
        client.get(VERIFY)
