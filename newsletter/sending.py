"""Sending mailings: a worker claims a few deliveries, sends mail after mail, and notes each as soon as it was taken.

No row is locked while the mail server is spoken to. A worker may be killed at any moment: one mail at most was taken
and not noted, and is sent again with the same Message-ID. A round lasts for seconds, so that other work has its turn.
"""

import logging
import time
from datetime import timedelta

from django.db import InterfaceError, OperationalError, connection
from django.db.models import Case, When
from django.utils import timezone

from . import pace
from .claims import claim, free_claims_of_the_dead, release, still_wanted, worker_name
from .mail_line import HungUpError, LaterError, MailLine, RefusedError, ServerFailedError
from .mailings import finish
from .messages import Letter
from .models import Delivery, Mailing
from .refusals import has_unproven, pause_after_many, prove

logger = logging.getLogger(__name__)

ROUND = 3  # seconds
LOOK_AGAIN = 0.5  # seconds, after which a worker sees that a mailing was paused
PAUSES = [timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720)]
MOST_TRIES = len(PAUSES) + 1
MOST_UNANSWERED = 2  # tries, where the server may have taken it each time: nobody shall get one mail over and over
IN_A_ROW = 20  # refusals without a mail that was taken: then it is not for the addresses
UNTIL_MORE_IS_ALLOWED = timedelta(seconds=4)
NOTED_WITHIN = 60  # seconds, for which it is tried to note that a mail was taken

State = Delivery.State


def send_round(at=None):
    """Send for ROUND seconds, or until nothing is due; `at` is for tests.

    Return after how long there is more to do: a timedelta, None where nothing is due.
    """
    if pace.rests(at or timezone.now()):
        return None
    free_claims_of_the_dead(at or timezone.now())
    with worker_name() as name, MailLine() as line:
        return _Round(line, name, at).run()


def mailings_being_sent():
    """Return the mailings that are being sent, in their order: alerts before newsletters, the oldest first."""
    newsletters_last = Case(When(occasion="", then=1), default=0)
    return Mailing.objects.filter(state=Mailing.State.SENDING).order_by(newsletters_last, "made_at", "pk")


def is_due(at):
    """Return whether a round would find something to send at `at`."""
    waiting = Delivery.objects.filter(mailing__state=Mailing.State.SENDING, state=State.WAITING, due_at__lte=at)
    return not pace.rests(at) and waiting.exists()


class _Round:
    """One round of one worker."""

    def __init__(self, line, name, at):
        self._line = line
        self._name = name
        self._at = at
        self._ends = time.monotonic() + ROUND
        self._put_off = 0  # in a row
        self._unproven = False  # whether there are refusals that the next mail which is taken proves right
        self._server_failed = pace.failing() is not None

    @property
    def _now(self):
        return self._at or timezone.now()

    @property
    def _is_over(self):
        return time.monotonic() >= self._ends

    def run(self):
        """Return after how long there is more to do, None where nothing is due."""
        try:
            for mailing in mailings_being_sent():
                self._send_mailing(mailing)
                if self._is_over:
                    return timedelta(0)
        except ServerFailedError as error:
            logger.warning("The mail server failed: %s", error)
            pace.note_failure(str(error), self._now)
            finish(mailing.pk)
            return None
        return UNTIL_MORE_IS_ALLOWED if is_due(self._now) else None

    def _send_mailing(self, mailing):
        """Send what is due of `mailing`, as long as there is time."""
        letter = Letter(mailing)
        self._unproven = has_unproven(mailing)
        goes_on = True
        while goes_on and not self._is_over:
            keys = claim(mailing, self._name, self._now)
            try:
                goes_on = bool(keys) and self._send_batch(keys, letter)
            finally:
                release(keys, self._name, self._now)
        finish(mailing.pk)

    def _send_batch(self, keys, letter):
        """Send to the claimed `keys`; return whether the mailing may go on."""
        wanted, looked_at = still_wanted(keys, self._name), time.monotonic()
        for key in keys:
            if self._is_over:
                break
            if time.monotonic() - looked_at > LOOK_AGAIN:
                wanted, looked_at = still_wanted(keys, self._name), time.monotonic()
            if key in wanted and not self._send(wanted[key], letter):
                return False
        return bool(wanted)

    def _send(self, delivery, letter):
        """Send one mail and note what became of it; return whether the mailing may go on.

        Raises ServerFailedError; then the mail waits as before, or for longer where it may be for this mail.
        """
        try:
            self._line.send(letter.to(delivery))
        except RefusedError as error:
            _note(delivery, state=State.REFUSED, problem=str(error), unproven=True)
            self._unproven = True
            return not pause_after_many(delivery.mailing_id, self._now)
        except LaterError as error:
            self._put_off += 1
            _put_off(delivery, str(error), self._now)
            if self._put_off >= IN_A_ROW:
                raise ServerFailedError(str(error)) from error
            return True
        except HungUpError as error:
            _put_off(delivery, str(error), self._now, MOST_UNANSWERED if error.may_have_taken else MOST_TRIES)
            raise
        _note(delivery, state=State.SENT, sent_at=timezone.now(), problem="")
        self._put_off = 0
        if self._server_failed:
            pace.note_success()
            self._server_failed = False
        if self._unproven:
            prove(delivery.mailing_id)
            self._unproven = False
        return True


def _put_off(delivery, problem, at, most=MOST_TRIES):
    """Have `delivery` tried again later; after `most` tries it counts as refused, and nothing is held against it."""
    tries = delivery.tries + 1
    if tries >= most:
        _note(delivery, state=State.REFUSED, tries=tries, problem=problem)
    else:
        _note(delivery, tries=tries, problem=problem, due_at=at + PAUSES[tries - 1])


def _note(delivery, **changes):
    """Write `changes` to `delivery`, whatever happens to the database meanwhile.

    A mail that was taken and is not noted would be sent again; so it is tried for NOTED_WITHIN, less than the claim
    lasts. Raises what the database says after that.
    """
    give_up = time.monotonic() + NOTED_WITHIN
    while True:
        try:
            Delivery.objects.filter(pk=delivery.pk).exclude(state=State.SENT).update(claimed_by="", **changes)
        except (InterfaceError, OperationalError):
            if time.monotonic() > give_up or connection.in_atomic_block:
                raise
            logger.warning("The database did not let a delivery be noted; it is tried again")
            connection.close()
            time.sleep(1)
        else:
            return
