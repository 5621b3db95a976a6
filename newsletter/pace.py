"""How fast mailings are sent, and when the mail server is left alone: known in the database, for all workers alike."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from .models import MailServer

PAUSES = [timedelta(seconds=seconds) for seconds in (10, 30, 60, 120, 300, 600)]
SPARED = timedelta(seconds=5)  # what was not sent in the last seconds may be sent beside what is allowed now


def take(wanted, at):
    """Return how many of `wanted` mails may be sent now, and count them as sent. Call it in a transaction."""
    if not settings.NEWSLETTER_MAILS_PER_MINUTE:
        return wanted
    a_second = settings.NEWSLETTER_MAILS_PER_MINUTE / 60
    most = max(1, a_second * SPARED.total_seconds())
    server = _locked()
    passed = (at - server.counted_at).total_seconds() if server.counted_at else SPARED.total_seconds()
    allowed = min(most, server.allowance + max(0, passed) * a_second)
    taken = min(wanted, int(allowed))
    MailServer.objects.update(allowance=allowed - taken, counted_at=at)
    return taken


def give_back(number):
    """Allow `number` mails again that were taken and not sent."""
    if number and settings.NEWSLETTER_MAILS_PER_MINUTE:
        MailServer.objects.update(allowance=F("allowance") + number)


def rests(at):
    """Return whether the mail server has failed and is to be left alone for now."""
    return MailServer.objects.filter(rests_until__gt=at).exists()


def failing():
    """Return the MailServer where the last try found that it does not work, else None."""
    return MailServer.objects.exclude(failures=0).first()


@transaction.atomic
def note_failure(problem, at):
    """Leave the server alone for a time that grows with each failure in a row."""
    server = _locked()
    MailServer.objects.update(
        failures=server.failures + 1,
        failing_since=server.failing_since or at,
        rests_until=at + PAUSES[min(server.failures, len(PAUSES) - 1)],
        problem=problem[:300],
    )


def note_success():
    """Forget that the server failed."""
    MailServer.objects.exclude(failures=0).update(failures=0, failing_since=None, rests_until=None, problem="")


def _locked():
    MailServer.objects.bulk_create([MailServer(pk=MailServer.ONE)], ignore_conflicts=True)
    return MailServer.objects.select_for_update().get(pk=MailServer.ONE)
