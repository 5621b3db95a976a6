"""Work for subscribers that is done beside the requests. Tasks take keys, so that no address stays in their table."""

import logging
import smtplib
from datetime import timedelta

from anymail.exceptions import AnymailError
from django.utils import timezone
from django_tasks import task

from .address_changes import send_change
from .answering import answer
from .retention import forget

logger = logging.getLogger(__name__)

PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]


@task()
def answer_sign_up(subscriber_id, tries=0):
    """Ask the address of the Subscriber to confirm, or say that it has all already; `tries` failed before."""
    _send(answer, subscriber_id, answer_sign_up, tries)


@task()
def ask_new_address(change_id, tries=0):
    """Ask the new address of the AddressChange to confirm it; `tries` failed before."""
    _send(send_change, change_id, ask_new_address, tries)


def _send(function, key, again, tries):
    """Call `function` with `key`, and have the task `again` do so later where the mail server takes no mail now.

    What the server says may hold the address, and what a task raises is stored and logged: so nothing is raised.
    """
    try:
        function(key)
    except (OSError, smtplib.SMTPException, AnymailError) as error:
        kind = type(error).__name__
        if tries >= len(PAUSES) or _is_for_good(error):
            logger.error("%s of %d: given up after %d tries: %s", again.name, key, tries + 1, kind)
            return
        logger.warning("%s of %d: not sent, tried again in %s: %s", again.name, key, PAUSES[tries], kind)
        again.using(run_after=timezone.now() + PAUSES[tries]).enqueue(key, tries + 1)


def _is_for_good(error):
    """Return whether the server will never take a mail to this address."""
    refused = error.recipients.values() if isinstance(error, smtplib.SMTPRecipientsRefused) else ()
    return bool(refused) and all(code >= 500 for code, _words in refused)


def look_after_subscribers():
    """Forget what is needed no more. A daily job."""
    forget()
