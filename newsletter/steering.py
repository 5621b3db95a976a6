"""Pausing a mailing, going on with it and stopping it: a worker sees it within a second."""

from django.db import transaction
from django.utils import timezone

from publishing import audit

from .jobs import send_soon
from .models import Mailing

State = Mailing.State


def pause(mailing, *, user):
    """Send nothing more of `mailing` until somebody goes on with it; return whether it was being sent."""
    return _change(mailing, [State.SENDING], audit.Action.MAILING_PAUSED, user, state=State.PAUSED)


def go_on(mailing, *, user):
    """Send the rest of `mailing`; return whether it was paused."""
    return _change(mailing, [State.PAUSED], audit.Action.MAILING_RESUMED, user, state=State.SENDING, problem="")


def stop(mailing, *, user):
    """Send nothing more of `mailing`, for good; return whether it had not ended before."""
    changes = {"state": State.CANCELLED, "done_at": timezone.now()}
    return _change(mailing, [State.SENDING, State.PAUSED], audit.Action.MAILING_STOPPED, user, **changes)


@transaction.atomic
def _change(mailing, states, action, user, **changes):
    changed = Mailing.objects.filter(pk=mailing.pk, state__in=states).update(**changes) == 1
    if changed:
        audit.record(action, user=user, thing=mailing)
        transaction.on_commit(send_soon)
    return changed
