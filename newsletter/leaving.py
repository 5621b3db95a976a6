"""Leaving: who does so is deleted, not marked."""

from django.db import transaction

from .models import Subscriber


@transaction.atomic
def leave(subscriber):
    """Delete `subscriber` with all that was kept of them; nothing happens where they have left already.

    The row is locked first: what is added for them at the same moment, a list or a mail, then waits and is refused,
    and cannot keep the row from being deleted.
    """
    locked = Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first()
    if locked is not None:
        locked.delete()
