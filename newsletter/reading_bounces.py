"""Reading the mailbox for returned mail: what is understood is acted on and removed, the rest stays and is told."""

import email
import email.policy
import logging
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from publishing.one_line import one_line

from .came_back import came_back
from .mailboxes import opened
from .models import UnreadMessage
from .reports import UnreadableError, read

logger = logging.getLogger(__name__)

MOST_IN_A_ROUND = 500
LARGEST = 2_000_000  # bytes of a message that are looked at


@dataclass
class Round:
    """How many messages were acted on, needed nothing to be done, and could not be read (also of earlier rounds)."""

    acted: int = 0
    nothing: int = 0
    unread: int = 0


def read_bounces(address=None, at=None):
    """Read the mailbox at `address` (default: RETURNED_MAILBOX) and return a Round. Raises MailboxError and OSError.

    A message is removed after what it says is stored: a round that is cut off reads it once more, and then nobody is
    there to whom it could happen again.
    """
    at = at or timezone.now()
    done, lying = Round(), set()
    with opened(address or settings.RETURNED_MAILBOX) as box:
        known = set(UnreadMessage.objects.values_list("key", flat=True))
        for key, content in box.messages():
            if key in known:
                lying.add(key)
                done.unread += 1
                continue
            if done.acted + done.nothing >= MOST_IN_A_ROUND:
                lying |= known  # not looked at: they may lie further back
                break
            try:
                acted = _act(content, at)
            except UnreadableError as error:
                _tell(key, content, str(error), at)
                lying.add(key)
                done.unread += 1
                continue
            box.remove(key)
            done.acted += acted
            done.nothing += not acted
    UnreadMessage.objects.exclude(key__in=lying).delete()
    return done


def look_into_mailbox():
    """Read the mailbox where one is named. A job."""
    if settings.RETURNED_MAILBOX:
        done = read_bounces()
        if done.acted or done.nothing:
            logger.info("Returned mail: %d acted on, %d without need, %d unread", done.acted, done.nothing, done.unread)


@transaction.atomic
def _act(content, at):
    """Do what the message of `content` says; return whether anything was. Raises UnreadableError."""
    try:
        reports = read(email.message_from_bytes(content[:LARGEST]))
    except UnreadableError:
        raise
    except Exception as error:  # whatever a hostile message does to the parser, it lies there for a person
        logger.warning("A returned message could not be read: %s", type(error).__name__)
        raise UnreadableError("It is damaged.") from error
    for report in reports:
        if report.subscriber is not None:
            came_back(report.subscriber, report.kind, report.details, at)
    return any(report.subscriber is not None for report in reports)


def _tell(key, content, problem, at):
    try:
        subject = email.message_from_bytes(content[:LARGEST], policy=email.policy.default)["Subject"] or ""
    except Exception:  # the header itself is damaged
        subject = ""
    subject = one_line(str(subject)).encode("utf-8", "replace").decode()[:150]
    UnreadMessage.objects.get_or_create(key=key, defaults={"subject": subject, "problem": problem[:200], "seen_at": at})
