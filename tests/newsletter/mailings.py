"""Mailings for tests, and mail servers of several tempers."""

from contextlib import contextmanager

from aiosmtpd.controller import Controller
from django.utils import timezone

from newsletter.mailings import start
from newsletter.models import TextBlock
from tests.factories import create_issue, create_mailing_list, create_subscriber


def begin(*emails, readers=0, mailing_list=None, **fields):
    """Return a Mailing that has just begun, to `emails` and to so many `readers` more."""
    mailing_list = mailing_list or create_mailing_list()
    for email in [*emails, *[None] * readers]:
        subscribe(mailing_list, email)
    text = TextBlock(text="<p>Wash your hands, and call us at any hour.</p>")
    fields.setdefault("published_at", timezone.now())
    return start(create_issue(lists=[mailing_list], blocks=[text], **fields))


def subscribe(mailing_list, email=None):
    """Return a new subscriber who has confirmed `mailing_list`."""
    subscriber = create_subscriber(email=email, lists=[mailing_list], confirmed_at=timezone.now())
    return subscriber


def states(mailing):
    """Return {address: state}, of those that have an address still."""
    rows = mailing.deliveries.exclude(subscriber=None).values_list("subscriber__email", "state")
    return dict(rows.order_by("pk"))


class Server:
    """A mail server that takes what it is not told to refuse. `before` is called with the address first."""

    def __init__(self):
        self.taken = []
        self.answers = {}  # begin of an address: what is answered to it
        self.data_answer = "250 taken"
        self.before = lambda address: None
        self.hangs_up = set()  # at these commands, without an answer: RCPT, DATA (it has taken the mail), RSET
        self.mails_a_connection = None
        self.connections = 0
        self._count = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802  named by aiosmtpd
        self.connections += 1
        self._count = 0
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802  named by aiosmtpd
        self._count += 1
        if self.mails_a_connection and self._count > self.mails_a_connection:
            return "421 too many mails in one connection"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  named by aiosmtpd
        self.before(address)
        self._hang_up_at("RCPT", server)
        for beginning, answer in self.answers.items():
            if address.startswith(beginning):
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  named by aiosmtpd
        if self.data_answer.startswith("250"):
            self.taken.append(envelope)
        self._hang_up_at("DATA", server)
        return self.data_answer

    async def handle_RSET(self, server, session, envelope):  # noqa: N802  named by aiosmtpd
        self._hang_up_at("RSET", server)
        return "250 OK"

    def _hang_up_at(self, command, server):
        if command in self.hangs_up:
            server.transport.abort()

    @property
    def recipients(self):
        return [envelope.rcpt_tos[0] for envelope in self.taken]


@contextmanager
def server_at(port):
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
