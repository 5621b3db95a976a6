"""The outbox and the mail server: one that takes, one that refuses, one that hangs and one that is not there."""

import socket
import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as django_mail
from django.db import connections
from django.utils import timezone
from django_tasks import default_task_backend

from events.models import RegistrationMail
from events.sending import LEASE, MOST_TRIES, PAUSES, send_due_mails
from events.tasks import look_after_registrations
from tests.events.registrations import one_date
from tests.factories import create_registration
from tests.live_site import free_port

pytestmark = pytest.mark.django_db


def promise(**fields):
    """Return a new mail that is due, of somebody who is registered for a date next year."""
    registration = create_registration(one_date(), **fields)
    return RegistrationMail.objects.create(registration=registration, kind="confirmed")


class Taking:
    """A mail server that takes everything, but for those whose address begins with “nobody”."""

    def __init__(self):
        self.envelopes = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  named by aiosmtpd
        if address.startswith("nobody"):
            return "550 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  named by aiosmtpd
        self.envelopes.append(envelope)
        return "250 taken"


@contextmanager
def server_at(port):
    taking = Taking()
    controller = Controller(taking, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield taking
    finally:
        controller.stop()


@pytest.fixture
def smtp(settings):
    """The port at which the site looks for its mail server; nobody listens there yet."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    return settings.EMAIL_PORT


def test_what_is_due_is_sent_once_and_what_is_not_due_waits():
    sent, later = promise(), promise()
    RegistrationMail.objects.filter(pk=later.pk).update(due_at=timezone.now() + timedelta(hours=1))

    assert (send_due_mails(), send_due_mails()) == (1, 0)

    assert [message.to for message in django_mail.outbox] == [[sent.registration.email]]
    sent.refresh_from_db()
    assert (sent.sent_at is not None, sent.tries, sent.problem) == (True, 1, "")


def test_what_is_no_longer_so_is_not_sent_and_not_kept():
    promise(state="cancelled")

    assert send_due_mails() == 0
    assert (django_mail.outbox, RegistrationMail.objects.count()) == ([], 0)


def test_a_real_server_gets_the_mails_and_one_bad_address_holds_nobody_up(smtp):
    bad, good = promise(email="nobody@example.org"), promise(email="ana@example.org")

    with server_at(smtp) as taking:
        assert send_due_mails() == 1

    assert [envelope.rcpt_tos for envelope in taking.envelopes] == [["ana@example.org"]]
    assert b"text/calendar" in taking.envelopes[0].content
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.sent_at, bad.problem, good.problem) == (None, "550 no such mailbox here", "")


def test_a_server_that_is_down_loses_nothing_and_is_tried_again_with_growing_pauses(smtp):
    first, second = promise(), promise()

    assert send_due_mails() == 0
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.tries, second.tries) == (1, 0)  # one try tells that nobody is there
    assert first.problem.startswith("ConnectionRefusedError")
    assert timedelta(seconds=50) < first.due_at - timezone.now() <= PAUSES[0]

    with server_at(smtp):
        assert send_due_mails() == 1
        assert send_due_mails(timezone.now() + PAUSES[0]) == 1


def test_after_many_tries_it_is_left_to_staff(smtp):
    mail = promise()
    at = timezone.now()

    for _try in range(MOST_TRIES + 3):
        send_due_mails(at)
        at += timedelta(days=1)

    mail.refresh_from_db()
    assert (mail.tries, mail.sent_at) == (MOST_TRIES, None)


def test_a_server_that_hangs_costs_one_timeout_and_loses_nothing(smtp, settings):
    settings.EMAIL_TIMEOUT = 0.3
    promise(), promise()

    with socket.create_server(("127.0.0.1", smtp)):  # it takes the call and never says a word
        begun = time.monotonic()
        assert send_due_mails() == 0
        assert time.monotonic() - begun < 2

    with server_at(smtp):
        assert send_due_mails(timezone.now() + PAUSES[0]) == 2


def test_a_mail_that_cannot_be_made_holds_nobody_up(monkeypatch):
    broken, good = promise(), promise()
    RegistrationMail.objects.filter(pk=broken.pk).update(due_at=timezone.now() - timedelta(hours=1))
    type(broken.registration).objects.filter(pk=broken.registration_id).update(email="a@b\nBcc: c@example.org")

    assert send_due_mails() == 1

    broken.refresh_from_db()
    assert broken.problem.startswith("BadHeaderError")
    assert django_mail.outbox[0].to == [good.registration.email]


def test_what_a_worker_had_claimed_when_it_died_is_sent_by_another_one():
    mail = promise()
    RegistrationMail.objects.update(tries=1, due_at=timezone.now() + LEASE)

    assert send_due_mails() == 0
    assert send_due_mails(timezone.now() + LEASE) == 1
    assert django_mail.outbox[0].to == [mail.registration.email]


def test_the_job_of_each_minute_has_the_worker_send_what_is_due():
    default_task_backend.clear()
    look_after_registrations()
    assert default_task_backend.results == []

    promise()
    look_after_registrations()

    [task] = default_task_backend.results
    assert (task.args, task.kwargs) == ([], {})


def test_a_log_tells_which_mail_failed_and_not_whose(smtp, caplog):
    mail = promise(name="Ana Lima", email="nobody@example.org")

    with server_at(smtp):
        send_due_mails()

    ours = [record.getMessage() for record in caplog.records if record.name == "events.sending"]
    assert ours == [f"Mail {mail.pk} to somebody registered was not sent: SMTPRecipientsRefused"]


@pytest.mark.several_writers
@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_send_each_mail_once():
    date = one_date(seats=None)
    for _each in range(30):
        RegistrationMail.objects.create(registration=create_registration(date), kind="confirmed")
    barrier, sent = threading.Barrier(4), []

    def work():
        try:
            barrier.wait()
            sent.append(send_due_mails())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(sent) == len(django_mail.outbox) == 30
    assert len({message.to[0] for message in django_mail.outbox}) == 30
