"""A real mail server for tests, and the worker that writes to it."""

import email
import re
import socket
from contextlib import contextmanager
from email.policy import default as email_policy

from aiosmtpd.controller import Controller
from django.core.management import call_command


class Mailbox:
    """Keeps what the mail server takes, as (recipients, message)."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  named by aiosmtpd
        self.messages.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email_policy)))
        return "250 taken"

    def links(self, number=-1):
        """Return the paths of the links in one of the messages."""
        text = self.messages[number][1].get_content()
        return [re.sub(r"^https?://[^/]+", "", link) for link in re.findall(r"http\S+", text)]


@contextmanager
def mail_server(settings):
    """Run a mail server that `settings` name, and give its Mailbox."""
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = free.getsockname()
    server = Controller(mailbox, *address, ready_timeout=60)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = address
    try:
        yield mailbox
    finally:
        server.stop()


def work():
    """Do what is enqueued, as the worker does."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
