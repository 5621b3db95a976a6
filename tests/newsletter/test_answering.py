from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from newsletter.answering import answer
from newsletter.models import Subscriber
from newsletter.return_paths import HEADER, subscriber_of
from newsletter.suppression import suppress
from tests.factories import create_mailing_list, create_subscriber

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def links_in(message):
    return [word for word in message.body.split() if word.startswith("http")]


def test_the_mail_names_the_lists_and_has_both_links_and_no_other_address(settings):
    settings.SITE_URL = "https://www.example.org"
    lists = [create_mailing_list(name="Heart & lungs", position=1), create_mailing_list(name="Events", position=2)]
    subscriber = create_subscriber(email="reader@example.org", lists=lists)

    assert answer(subscriber.pk, NOON) is True

    [message] = mail.outbox
    assert (message.to, message.cc, message.bcc) == (["reader@example.org"], [], [])
    assert message.subject == "Please confirm: mail from Backus Hospital"
    assert message.from_email == settings.DEFAULT_FROM_EMAIL
    assert "- Heart & lungs\n- Events\n" in message.body
    assert [link.split("/")[4] for link in links_in(message)] == ["confirm", "leave"]
    assert "reader@example.org" not in message.body
    assert subscriber_of(message.extra_headers[HEADER]) == subscriber


def test_only_what_waits_is_asked_about():
    subscriber = create_subscriber(lists=[create_mailing_list(name="Health")], confirmed_at=NOON - DAY)
    subscriber.subscriptions.create(mailing_list=create_mailing_list(name="Events"))

    answer(subscriber.pk, NOON)

    [message] = mail.outbox
    assert "- Events\n" in message.body
    assert "- Health\n" not in message.body


def test_who_has_it_already_is_told_so_with_the_link_to_choose():
    subscriber = create_subscriber(confirmed_at=NOON - DAY)

    answer(subscriber.pk, NOON)

    [message] = mail.outbox
    assert message.subject == "You get this already: mail from Backus Hospital"
    assert [link.split("/")[4] for link in links_in(message)] == ["preferences", "leave"]


def test_the_mail_is_in_the_language_of_the_form():
    subscriber = create_subscriber(lists=[create_mailing_list()], language="es")

    answer(subscriber.pk, NOON)

    assert [link.split("/")[3] for link in links_in(mail.outbox[0])] == ["es", "es"]


def test_who_left_since_gets_no_mail():
    assert answer(999_999, NOON) is False
    assert mail.outbox == []


@pytest.mark.parametrize("confirmed_at", [None, NOON - DAY])
@pytest.mark.parametrize(
    ("later", "mails"), [(timedelta(0), 1), (HOUR - timedelta(seconds=1), 1), (HOUR, 2), (timedelta(days=9), 2)]
)
def test_one_mail_an_hour_is_enough(later, mails, confirmed_at):
    subscriber = create_subscriber(lists=[create_mailing_list()], confirmed_at=confirmed_at)
    answer(subscriber.pk, NOON)

    answer(subscriber.pk, NOON + later)

    assert len(mail.outbox) == mails


@pytest.mark.parametrize(
    ("reason", "moments", "sent"),
    [
        pytest.param("complaint", [timedelta(0), HOUR, DAY], [True, False, True], id="complained"),
        pytest.param("asked", [timedelta(0), HOUR, DAY], [True, False, True], id="asked-us-to-stop"),
        pytest.param("bounce", [HOUR, 6 * DAY, 7 * DAY, 8 * DAY], [False, False, True, False], id="came-back"),
    ],
)
def test_a_suppressed_address_is_asked_seldom(reason, moments, sent):
    suppress("reader@example.org", reason).__class__.objects.update(made_at=NOON)
    subscriber = create_subscriber(email="reader@example.org", lists=[create_mailing_list()])

    assert [answer(subscriber.pk, NOON + moment) for moment in moments] == sent


def test_a_mail_that_could_not_be_sent_does_not_count(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    subscriber = create_subscriber(lists=[create_mailing_list()])

    with pytest.raises(OSError, match="refused"):
        answer(subscriber.pk, NOON)

    assert Subscriber.objects.get().mailed_at is None
