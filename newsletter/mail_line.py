"""One connection to the mail server for many mails, and what its answers mean."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address
from django.utils.translation import gettext as _

from .suppression import without_address

logger = logging.getLogger(__name__)

TIMEOUT = 10  # seconds for each answer
TIMEOUT_AFTER_TEXT = 30  # seconds: a server may look through a mail before it says that it has taken it


class RefusedError(Exception):
    """This mail will never be taken. An answer to the address begins with its code, one to the text does not."""


class LaterError(Exception):
    """The server will not take this mail now."""


class ServerFailedError(Exception):
    """The server is not there, does not answer, or takes nothing from us: it is not for this one mail."""


class HungUpError(ServerFailedError):
    """The server knew whom the mail is for and then ended the connection or fell silent: it may be for this mail.

    `may_have_taken` is True where it had the whole text by then.
    """

    def __init__(self, said, *, may_have_taken):
        told = _("No answer after the text, so it may have been taken")
        super().__init__(f"{told}: {said}" if may_have_taken else said)
        self.may_have_taken = may_have_taken


class MailLine:
    """Sends mail after mail over one connection; a context manager."""

    def __init__(self):
        self._backend = get_connection(timeout=settings.EMAIL_TIMEOUT or TIMEOUT)
        self._sent = 0  # over the present connection
        self._offered = False  # whether the server has been told of the present mail
        self._given = False  # and whether it has the whole text, and has not answered to it

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self._hang_up()

    def send(self, mail):
        """Send `mail`, a messages.Mail; when this returns the server has taken it.

        Raises RefusedError, LaterError or ServerFailedError, which is a HungUpError where it came at this mail.
        """
        self._offered = self._given = False
        try:
            if isinstance(self._backend, EmailBackend):
                self._send(mail)
            else:
                self._backend.send_messages([mail.message()])
        except (RefusedError, LaterError):
            raise
        except _AnswerError as error:
            raise self._failed(without_address(str(error), mail.address)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise self._failed(without_address(f"{type(error).__name__}: {error}", mail.address)) from error
        except Exception as error:  # what is wrong with one mail must not keep the others back
            raise RefusedError(without_address(f"{type(error).__name__}: {error}", mail.address)) from error

    def _send(self, mail):
        sender, address = sanitize_address(mail.sender, "utf-8"), sanitize_address(mail.address, "utf-8")
        content = mail.content()
        try:
            self._offer(sender, address)
        except (smtplib.SMTPServerDisconnected, ConnectionError, _AnswerError) as error:
            if not self._sent or getattr(error, "code", 421) != 421:
                raise
            # Servers end a connection after so many mails. Nothing of this one had been given yet.
            self._hang_up()
            self._offer(sender, address)
        self._give(content, address)
        self._sent += 1

    def _offer(self, sender, address):
        """Name sender and recipient, and ask to give the text."""
        self._offered = False
        self._backend.open()
        smtp = self._backend.connection
        smtp.ehlo_or_helo_if_needed()
        code, words = smtp.mail(sender)
        if code != 250:
            raise _AnswerError(code, words)
        self._offered = True
        code, words = smtp.rcpt(address)
        if code not in (250, 251):
            self._declined(code, words, address, of_address=True)
        code, words = smtp.docmd("data")
        if code != 354:
            self._declined(code, words, address, of_address=False)

    def _give(self, content, address):
        smtp = self._backend.connection
        content = smtplib._quote_periods(content)
        smtp.send(content + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        self._given = True
        smtp.sock.settimeout(max(TIMEOUT_AFTER_TEXT, self._backend.timeout))
        code, words = smtp.getreply()
        smtp.sock.settimeout(self._backend.timeout)
        if not 200 <= code < 300:
            self._given = not 400 <= code < 600  # no answer at all, so it may have been taken
            self._declined(code, words, address, of_address=False)

    def _declined(self, code, words, address, *, of_address):
        """Raise what the answer to this one mail means, with the connection ready for the next."""
        if code == 421 or not 400 <= code < 600:
            raise _AnswerError(code, words)
        said = without_address(str(_AnswerError(code, words)), address)
        self._forget_mail()
        if code < 500:
            raise LaterError(said)
        raise RefusedError(said if of_address else f"{_('After the text')}: {said}")

    def _forget_mail(self):
        """Have the server forget the present mail, over a new connection where it does not answer to that either."""
        try:
            code, _words = self._backend.connection.rset()
        except (OSError, smtplib.SMTPException):
            code = None
        if code != 250:
            self._hang_up()

    def _failed(self, said):
        """Hang up, and return the error to raise."""
        self._hang_up()
        return HungUpError(said, may_have_taken=self._given) if self._offered else ServerFailedError(said)

    def _hang_up(self):
        self._sent = 0
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            logger.info("The connection to the mail server was gone already")


class _AnswerError(Exception):
    """What the server said, as “550 no such mailbox”."""

    def __init__(self, code, words):
        super().__init__(f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}")
        self.code = code
