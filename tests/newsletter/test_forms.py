from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from newsletter.forms import AddressForm, SubscribeForm
from newsletter.models import MailingList, Subscriber
from publishing.form_stamps import make_stamp
from tests.factories import create_mailing_list, create_subscriber
from tests.newsletter.filled_in import filled_in

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
NO_ADDRESS = "This is not a complete email address. It needs an @ and an ending, such as name@example.com."


@pytest.fixture
def health():
    return create_mailing_list(name="Health news", slug="health-news")


def form_of(data):
    return SubscribeForm(data, lists=MailingList.objects.on_offer())


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("", "Type your email address, such as name@example.com."),
        ("   ", "Type your email address, such as name@example.com."),
        ("reader", NO_ADDRESS),
        ("a@b", NO_ADDRESS),
        ("a@example.org\nBcc: b@example.org", NO_ADDRESS),
        ("a@example.org\r\nSubject: Buy this", NO_ADDRESS),
        ("a@example.org%0ABcc:b@example.org", NO_ADDRESS),
        ("a@example.org,b@example.org", NO_ADDRESS),
        ("Ann <a@example.org>", NO_ADDRESS),
        ("läser@example.org", NO_ADDRESS),
        ("a@example.org\u2028b", NO_ADDRESS),
        ("\x00@example.org", None),
        ("a" * 300 + "@example.org", None),
        ("a" * 10_000, None),
    ],
)
def test_what_is_no_address_is_told(health, email, message):
    form = form_of(filled_in(email, [health]))

    assert form.is_valid() is False
    assert list(form.errors) == ["email"]
    if message:
        assert form.errors["email"][0] == message


@pytest.mark.parametrize(
    "email", ["o'brien+news@example.org", "a@bücher.example", "A@XN--BCHER-KVA.example", "a@例え.jp"]
)
def test_what_is_an_address_is_taken(health, email):
    assert form_of(filled_in(email, [health])).is_valid()


@pytest.mark.parametrize(
    ("lists", "message"),
    [
        ([], "Tick what you would like to get."),
        (["no-such-list"], "One of these is not on offer any more. Please choose again."),
        (["health-news", "no-such-list"], "One of these is not on offer any more. Please choose again."),
        (["not-offered"], "One of these is not on offer any more. Please choose again."),
        (["\x00"], "One of these is not on offer any more. Please choose again."),
        (["x" * 10_000], "One of these is not on offer any more. Please choose again."),
    ],
)
def test_what_is_not_on_offer_is_not_taken(health, lists, message):
    create_mailing_list(slug="not-offered", offered=False)

    form = form_of(filled_in() | {"lists": lists})

    assert form.errors == {"lists": [message]}


@pytest.mark.parametrize(
    ("stamped_at", "message"),
    [
        (NOON - timedelta(seconds=1), "That was so fast that it looked like a program."),
        (NOON - timedelta(hours=3), "This page was open for a long time."),
        (None, "This page was open for a long time."),
    ],
)
def test_what_a_program_does_is_refused_in_words(health, stamped_at, message):
    stamp = make_stamp("newsletter", stamped_at) if stamped_at else "forged"

    with time_machine.travel(NOON, tick=False):
        form = form_of(filled_in(lists=[health]) | {"stamp": stamp})

    assert form.errors["__all__"][0].startswith(message)


@pytest.mark.parametrize("filled", ["https://spam.example", "x" * 10_000, "\x00"])
def test_a_field_that_nobody_sees_must_be_empty(health, filled):
    form = form_of(filled_in(lists=[health], website=filled))

    assert form.errors["__all__"] == [
        "A hidden field was filled in, perhaps by your browser. It is empty again: please send it once more."
    ]


def test_a_stamp_of_another_form_is_not_good(health):
    stamp = make_stamp(create_subscriber(), timezone.now() - timedelta(minutes=1))

    assert form_of(filled_in(lists=[health]) | {"stamp": stamp}).is_valid() is False


def test_what_is_agreed_to_is_kept_in_the_words_that_stand_there(health):
    form = form_of(filled_in(lists=[health]))
    assert form.is_valid()

    form.ask(page="/newsletter/", sender="")

    consent = Subscriber.objects.get().consents.get()
    assert (consent.wording, consent.lists, consent.page) == (
        "Send me by email what I have ticked. I can leave at any time by the link in each mail.",
        "Health news",
        "/newsletter/",
    )


def test_a_new_address_must_be_one():
    form = AddressForm({"new-email": "reader"}, subscriber=create_subscriber())

    assert form.errors == {"email": [NO_ADDRESS]}
