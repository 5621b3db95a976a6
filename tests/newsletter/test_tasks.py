import pytest
from django.core import mail
from django.utils import timezone

from newsletter.tasks import send_confirmation
from tests.factories import create_subscriber

pytestmark = pytest.mark.django_db


def test_the_mail_has_both_links_and_no_other_address(settings):
    settings.SITE_URL = "https://www.example.org"
    subscriber = create_subscriber(email="reader@example.org")

    send_confirmation.func(subscriber.pk)

    [message] = mail.outbox
    assert (message.to, message.cc, message.bcc) == (["reader@example.org"], [], [])
    assert message.subject == "Please confirm: health news from Backus Hospital"
    assert message.from_email == settings.DEFAULT_FROM_EMAIL
    links = [word.strip("<>.,") for word in message.body.split() if word.startswith("http")]
    assert [link.split("/")[4] for link in links] == ["confirm", "leave"]
    assert "&amp;" not in message.body
    assert "reader@example.org" not in message.body


def test_who_confirmed_or_left_since_gets_no_mail():
    confirmed = create_subscriber(confirmed_at=timezone.now())

    send_confirmation.func(confirmed.pk)
    send_confirmation.func(999_999)

    assert mail.outbox == []
