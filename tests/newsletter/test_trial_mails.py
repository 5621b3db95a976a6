"""Test mails to the staff: to whom, what arrives, and what is told of it."""

import email
import socket
from datetime import timedelta
from email.policy import default as email_policy

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.utils import timezone

from newsletter.models import PostBlock, TextBlock, TrialMail
from newsletter.trial_mails import KEPT, ask_for_trial_mails, send_trial_mail
from tests.factories import create_article, create_editor, create_issue, create_mailing_list, create_superuser
from tests.publishing.desk.forms import change_address, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = create_superuser()
    user.email = "eve@example.org"
    user.save()
    client.force_login(user)
    return user


class Mailbox:
    """Keeps the messages that the mail server takes; refuses the address refused@example.org."""

    def __init__(self):
        self.messages = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  named by aiosmtpd
        if address.startswith("refused@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.messages.append(email.message_from_bytes(envelope.content, policy=email_policy))
        return "250 taken"


@pytest.fixture
def mailbox(settings):
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = free.getsockname()
    server = Controller(mailbox, *address, ready_timeout=60)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = address
    yield mailbox
    server.stop()


def drafted():
    return create_issue(subject="Autumn", published_at=None, blocks=[TextBlock(text="<p>Hello, “reader” 😀.</p>")])


def sent(issue, user):
    """Have `issue` sent to `user`, as the worker does, and return the TrialMail."""
    trial = TrialMail.objects.create(issue=issue, to=user)
    send_trial_mail.func(trial.pk)
    trial.refresh_from_db()
    return trial


def test_what_arrives_is_the_mail_in_both_forms(mailbox, editor):
    trial = sent(drafted(), editor)

    (message,) = mailbox.messages
    assert (message["Subject"], message["To"]) == ("[Test] Autumn", "eve@example.org")
    assert message.get_content_type() == "multipart/alternative"
    text = message.get_body(["plain"]).get_content()
    html = message.get_body(["html"]).get_content()
    assert "Hello, “reader” 😀." in text
    assert "Hello, “reader” 😀." in html
    assert ("leave.invalid" in text + html, "preferences.invalid" in text + html) == (False, False)
    assert (trial.problem, trial.sent_at is not None) == ("", True)


def test_a_refusal_is_told_in_the_words_of_the_mail_server(mailbox):
    trial = sent(drafted(), create_editor(email="refused@example.org"))

    assert (trial.sent_at, trial.problem) == (None, "550 5.1.1 no such mailbox")


def test_a_mail_server_that_is_away_is_told(settings, editor):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    assert sent(drafted(), editor).problem.startswith("ConnectionRefusedError")


def test_an_empty_newsletter_is_not_sent(editor):
    trial = sent(create_issue(published_at=None), editor)

    assert (trial.problem, mail.outbox) == ("Nothing stands in it yet.", [])


def test_it_is_sent_once_however_often_the_task_runs(editor):
    trial = sent(drafted(), editor)
    send_trial_mail.func(trial.pk)
    send_trial_mail.func(0)

    assert len(mail.outbox) == 1


def test_it_holds_what_will_be_live_when_it_is_sent(editor):
    tomorrow = timezone.now() + timedelta(days=1)
    article = create_article(headline="Opens tomorrow", published_at=tomorrow)
    issue = create_issue(published_at=tomorrow, blocks=[PostBlock(article=article)])

    sent(issue, editor)

    assert "Opens tomorrow" in mail.outbox[0].body


def test_it_is_the_draft_and_not_what_is_live(client, editor):
    issue = create_issue(subject="Live", lists=[create_mailing_list()], blocks=[TextBlock(text="<p>Hello.</p>")])
    save(client, issue, subject="Drafted")

    sent(issue, editor)

    assert mail.outbox[0].subject == "[Test] Drafted"


def test_a_line_break_in_the_subject_makes_no_header(editor):
    issue = create_issue(subject="One\nBcc: all@example.org", blocks=[TextBlock(text="<p>Hello.</p>")])

    sent(issue, editor)

    assert mail.outbox[0].subject == "[Test] One Bcc: all@example.org"
    assert mail.outbox[0].message()["Bcc"] is None


def test_the_screen_sends_to_staff_alone(client, editor, django_capture_on_commit_callbacks):
    create_editor(email="Ben@example.org")
    issue = drafted()
    address = change_address(issue, "mail")

    refused = client.post(address, {"to": "ben@example.org, stranger@example.com, nobody"})
    with django_capture_on_commit_callbacks() as promised:
        taken = client.post(address, {"to": "EVE@example.org; ben@example.org ben@example.org"})

    assert refused.context["form"].errors["to"] == [
        "Nobody of the staff has the address “stranger@example.com”.",
        "Nobody of the staff has the address “nobody”.",
    ]
    assert taken.status_code == 302
    assert len(promised) == 2
    assert sorted(trial.to.email for trial in TrialMail.objects.all()) == ["Ben@example.org", "eve@example.org"]
    assert [trial.asked_by for trial in TrialMail.objects.all()] == [editor, editor]


@pytest.mark.parametrize("to", ["", " , ; ", "a@example.org " * 3 + "b@c.de d@e.fr f@g.hi j@k.lm n@o.pq", "\x00@x.de"])
def test_addresses_that_cannot_be_used_are_told(client, editor, to):
    response = client.post(change_address(drafted(), "mail"), {"to": to})

    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"to"}
    assert TrialMail.objects.count() == 0


def test_old_test_mails_are_forgotten(editor):
    issue = drafted()
    for _number in range(KEPT + 3):
        ask_for_trial_mails(issue, [editor], asked_by=editor)

    assert issue.trial_mails.count() == KEPT
