"""That a message is taken once: its event id is kept until no repetition of it can be meant."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import TakenEvent

KEPT = timedelta(hours=72)
MOST_A_MINUTE = 60  # messages taken for one department


class AlreadyTakenError(Exception):
    """A message of this department with this event id was taken before."""


def take_event(department, event_id):
    """Note that the message is taken. Inside the transaction that stores it, so that both happen or neither.

    Of two that come at once the second waits for the first. Raises AlreadyTakenError.
    """
    try:
        with transaction.atomic():
            TakenEvent.objects.create(department=department, event_id=event_id)
    except IntegrityError:
        raise AlreadyTakenError from None


def is_flooding(department, at=None):
    """Return whether as many messages were taken for `department` in the last minute as may be.

    Counted in the table of taken events, which all processes of the site share.
    """
    since = (at or timezone.now()) - timedelta(minutes=1)
    return TakenEvent.objects.filter(department=department, taken_at__gt=since).count() >= MOST_A_MINUTE


def forget_taken_events():
    """Delete what is older than KEPT. A message is refused by its timestamp long before that."""
    TakenEvent.objects.filter(taken_at__lt=timezone.now() - KEPT).delete()
