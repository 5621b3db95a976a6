"""Sending what the outbox holds: each mail is claimed by one worker, tried, and tried again with growing pauses.

No row is locked while the mail server is spoken to: a worker claims a mail by putting off when it is due, and who
dies over it leaves it to be tried again. A server that does not answer ends the round, so that it costs one
timeout and not one for each mail.
"""

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .mails import is_still_true, message_of
from .models import RegistrationMail
from .outbox import send_soon

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # for which a mail belongs to the worker that claimed it
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]
MOST_TRIES = len(PAUSES) + 1
TIMEOUT = 10  # seconds
FAILED_TRIES = 3  # after which staff are told, while it is tried on
LATE = timedelta(minutes=30)
MOST_IN_A_ROUND = 500

OF_ONE_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


def send_due_mails(at=None):
    """Send what is due, and return how many mails were sent. Two workers who do so at once send each mail once."""
    sent, connection = 0, None
    try:
        for _round in range(MOST_IN_A_ROUND):
            mail = _claim(at or timezone.now())
            if mail is None:
                break
            if not is_still_true(mail, at or timezone.now()):
                mail.delete()
                continue
            try:
                if connection is None:
                    connection = _connection()
                    connection.open()
                connection.send_messages([message_of(mail)])
            except OF_ONE_MAIL as error:
                _failed(mail, error, at or timezone.now())
            except (OSError, smtplib.SMTPException) as error:
                _failed(mail, error, at or timezone.now())
                break
            except Exception as error:  # what is wrong with one mail must not keep the others back
                _failed(mail, error, at or timezone.now())
            else:
                RegistrationMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), problem="")
                sent += 1
    finally:
        _close(connection)
    return sent


def unsent_mails(at):
    """Return the mails that staff should know of: that failed again and again, or should have gone long ago."""
    unsent = RegistrationMail.objects.filter(sent_at=None)
    return unsent.filter(Q(tries__gte=FAILED_TRIES) & ~Q(problem="") | Q(made_at__lt=at - LATE, due_at__lte=at - LATE))


def try_failed_again(at=None):
    """Have the mails tried once more that staff were told of; return how many."""
    at = at or timezone.now()
    keys = list(unsent_mails(at).values_list("pk", flat=True))
    tried = RegistrationMail.objects.filter(pk__in=keys, sent_at=None).update(tries=0, due_at=at)
    send_soon()
    return tried


def _connection():
    return get_connection(timeout=settings.EMAIL_TIMEOUT or TIMEOUT)


def _close(connection):
    if connection is not None:
        try:
            connection.close()
        except OSError:
            logger.info("The connection to the mail server was gone already")


@transaction.atomic
def _claim(at):
    """Return the mail that has been due for the longest, now this worker's for LEASE; None where none is due."""
    due = RegistrationMail.objects.filter(sent_at=None, due_at__lte=at, tries__lt=MOST_TRIES)
    mail = due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk").first()
    if mail is None:
        return None
    RegistrationMail.objects.filter(pk=mail.pk).update(due_at=at + LEASE, tries=mail.tries + 1)
    related = ["registration__date__event", "registration__date__location", "registration__date__change__location"]
    return RegistrationMail.objects.select_related(*related, "registration__date__event__location").get(pk=mail.pk)


def _failed(mail, error, at):
    """Note why `mail` could not be sent, and when it is tried again; the log has its number and nothing of whom."""
    pause = PAUSES[min(mail.tries, len(PAUSES)) - 1]
    RegistrationMail.objects.filter(pk=mail.pk).update(problem=_problem(error), due_at=at + pause)
    logger.warning("Mail %d to somebody registered was not sent: %s", mail.pk, type(error).__name__)


def _problem(error):
    """Return `error` as a sentence without control characters, short enough to be stored."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        words = "; ".join(_answer(*answer) for answer in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        words = _answer(error.smtp_code, error.smtp_error)
    else:
        words = f"{type(error).__name__}: {error}"
    return "".join(character if character.isprintable() else " " for character in words)[:300]


def _answer(code, text):
    return f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
