"""The mail to one reader: whose links stand in it, and what its headers say."""

from email import message_from_bytes, policy

import pytest
import time_machine
from django.core.mail import BadHeaderError
from django.utils import timezone

from newsletter import marks
from newsletter.links import leave_link, one_click_link, preferences_link
from newsletter.messages import Letter
from newsletter.models import Delivery, Mailing
from newsletter.return_paths import HEADER, return_path_of, token_of
from tests.factories import create_subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_instant():
    """A signed link holds the time at which it was made."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


HTML = f'<p>Zähne & Co.</p>\n<a href="{marks.LEAVE}">Leave</a> <a href="{marks.PREFERENCES}">Choose</a>\n'
TEXT = f"Zähne.\n\nLeave: {marks.LEAVE}\nChoose: {marks.PREFERENCES}\n"


def mail_of(*, html=HTML, text=TEXT, email="ana@example.org", occasion="", language="en"):
    """Return (the Mail, its Delivery)."""
    mailing = Mailing.objects.create(subject="Healthy at home: Zähne", html=html, text=text, occasion=occasion)
    subscriber = create_subscriber(email=email, confirmed_at=timezone.now(), language=language)
    delivery = Delivery.objects.create(mailing=mailing, subscriber=subscriber)
    return Letter(mailing).to(delivery), delivery


def parsed(mail):
    return message_from_bytes(mail.content(), policy=policy.default)


@pytest.mark.parametrize("long", [False, True], ids=["from-the-frame", "made-anew"])
def test_a_mail_has_the_readers_own_links_in_text_and_html(long):
    mail, delivery = mail_of(text=TEXT + ("x" * 2000 if long else ""))

    message = parsed(mail)

    reader = delivery.subscriber
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for content in (text, html):
        assert (leave_link(reader) in content, preferences_link(reader) in content) == (True, True)
        assert ("Zähne" in content, ".invalid" in content) == (True, False)
    assert b".invalid" not in mail.content()


def test_its_headers_let_mail_programs_leave_at_one_click(settings):
    settings.NEWSLETTER_LEAVE_ADDRESS = "leave@example.org"
    mail, delivery = mail_of()

    message = parsed(mail)

    assert message["List-Unsubscribe"] == (
        f"<{one_click_link(delivery.subscriber)}>, <mailto:leave@example.org?subject=unsubscribe>"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == "Backus Hospital <newsletter.127.0.0.1>"
    assert (message["Precedence"], message["Auto-Submitted"]) == ("bulk", "auto-generated")
    assert (message["Subject"], message["To"]) == ("Healthy at home: Zähne", "ana@example.org")
    assert message["From"] == "Backus Hospital <webmaster@127.0.0.1>"
    assert message[HEADER] == token_of(delivery.subscriber)
    assert message["Date"] is not None


def test_a_mail_to_leave_by_is_named_only_where_somebody_reads_it():
    mail, delivery = mail_of()

    assert parsed(mail)["List-Unsubscribe"] == f"<{one_click_link(delivery.subscriber)}>"


def test_the_envelope_names_the_reader_to_the_mailbox_for_what_comes_back(settings):
    settings.NEWSLETTER_RETURN_PATH = "bounces@example.org"

    mail, delivery = mail_of()

    assert mail.sender == return_path_of(delivery.subscriber)
    assert parsed(mail)["From"] == "Backus Hospital <webmaster@127.0.0.1>"


def test_a_mail_sent_again_has_the_same_message_id_and_others_have_others():
    mail, delivery = mail_of()
    again = Letter(delivery.mailing).to(delivery)
    other, _delivery = mail_of(email="ben@example.org")

    assert parsed(mail)["Message-ID"] == parsed(again)["Message-ID"]
    assert parsed(mail)["Message-ID"] != parsed(other)["Message-ID"]


@pytest.mark.parametrize(
    "words", ["long paragraph of a letter " * 400, "y" * 5000, ".\n.\r\n. ", "&amp; to@marks.invalid"]
)
def test_the_frame_is_what_would_be_made_anew(words):
    mail, _delivery = mail_of(html=f"<p>{words}</p>{HTML}", text=f"Words\n{TEXT}")

    quick, slow = parsed(mail), message_from_bytes(bytes(mail.message().message()), policy=policy.default)

    for kind in ("plain", "html"):
        one, other = (each.get_body((kind,)).get_content() for each in (quick, slow))
        assert one.split() == other.split()
    assert all(len(line) <= 998 for line in mail.content().split(b"\r\n"))


def test_a_reader_in_spanish_gets_links_to_spanish_pages():
    mail, _delivery = mail_of(language="es")

    assert "/es/newsletter/" in parsed(mail).get_body(("plain",)).get_content()


def test_an_alert_is_a_list_of_its_own_and_may_be_text_alone():
    mail, _delivery = mail_of(occasion="alert/1", html="")

    message = parsed(mail)

    assert message["List-Id"] == "Backus Hospital <alerts.127.0.0.1>"
    assert message.get_content_type() == "text/plain"


def test_an_address_that_needs_quoting_cannot_bring_headers_in():
    mail, _delivery = mail_of(email="a\nBcc: x@example.org")

    with pytest.raises(BadHeaderError):
        mail.content()
