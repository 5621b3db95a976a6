from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django_tasks import default_task_backend

from newsletter.forms import SubscribeForm
from newsletter.models import Subscriber
from tests.factories import create_subscriber

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_tasks_left():
    default_task_backend.clear()


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    """Return a function that fills in the form at some instant and returns how many mails that asks for."""

    def ask(email, *, at=NOON, **fields):
        form = SubscribeForm({"email": email, **fields})
        assert form.is_valid()
        default_task_backend.clear()
        with time_machine.travel(at, tick=False), django_capture_on_commit_callbacks(execute=True):
            form.ask_for_confirmation()
        return len(default_task_backend.results)

    return ask


def test_a_new_address_is_kept_with_the_words_it_agreed_to_and_mailed(ask):
    assert ask("Reader@Example.org") == 1

    subscriber = Subscriber.objects.get()
    assert (subscriber.email, subscriber.asked_at, subscriber.confirmed_at, subscriber.consent) == (
        "Reader@Example.org",
        NOON,
        None,
        "Send me health news by email. I can leave at any time by the link in each mail.",
    )


def test_the_task_holds_no_address(ask):
    ask("reader@example.org")

    [result] = default_task_backend.results
    assert result.args == [Subscriber.objects.get().pk]
    assert result.kwargs == {}


def test_one_address_is_kept_once_however_it_is_spelt(ask):
    ask("reader@example.org")
    ask("READER@EXAMPLE.ORG", at=NOON + timedelta(days=1))

    assert [subscriber.email for subscriber in Subscriber.objects.all()] == ["reader@example.org"]


@pytest.mark.parametrize(
    ("later", "mails"),
    [(timedelta(0), 0), (timedelta(minutes=59, seconds=59), 0), (timedelta(hours=1), 1), (timedelta(days=9), 1)],
)
def test_one_mail_an_hour_is_enough(ask, later, mails):
    ask("reader@example.org")

    assert ask("reader@example.org", at=NOON + later) == mails


def test_who_confirmed_gets_no_further_mail(ask):
    create_subscriber(email="reader@example.org", confirmed_at=NOON, asked_at=NOON - timedelta(days=99))

    assert ask("reader@example.org") == 0
    assert Subscriber.objects.get().confirmed_at == NOON


def test_a_program_that_fills_every_field_is_ignored(ask):
    assert ask("robot@example.org", website="https://spam.example") == 0
    assert Subscriber.objects.count() == 0


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("", "Type your email address, such as name@example.com."),
        ("   ", "Type your email address, such as name@example.com."),
        ("reader", "This is not a complete email address. It needs an @ and an ending, such as name@example.com."),
        ("a@b", "This is not a complete email address. It needs an @ and an ending, such as name@example.com."),
        (
            "a@example.org\nBcc: b@example.org",
            "This is not a complete email address. It needs an @ and an ending, such as name@example.com.",
        ),
        (
            "a@example.org,b@example.org",
            "This is not a complete email address. It needs an @ and an ending, such as name@example.com.",
        ),
        ("\x00@example.org", None),
        ("a" * 300 + "@example.org", None),
    ],
)
def test_what_is_no_address_is_told(email, message):
    form = SubscribeForm({"email": email})

    assert form.is_valid() is False
    assert list(form.errors) == ["email"]
    if message:
        assert form.errors["email"][0] == message
