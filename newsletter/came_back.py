"""What is done when a mail comes back, or when its reader reports it as unwanted."""

from datetime import timedelta

from django.utils import timezone

from .models import SoftBounce, Suppression
from .suppression import suppress, without_address

MOST_SOFT = 3  # that come back for now, within SOFT_WITHIN, are as one that comes back for good
SOFT_WITHIN = timedelta(days=30)


def came_back(subscriber, kind, details="", at=None):
    """Act on the mail to `subscriber` that came back; `kind` is one of "gone", "for now", "ours" and "complaint".

    Who is gone or complains gets nothing more and is deleted. For a mail that came back for now the third within 30
    days does that. One that was refused for what or how we send is noted for staff alone: it says nothing about the
    address, and a mistake of ours must not cost all readers at once.
    """
    at = at or timezone.now()
    details = without_address(details, subscriber.email)
    if kind == "complaint":
        suppress(subscriber.email, Suppression.Reason.COMPLAINT, details)
    elif kind == "gone":
        suppress(subscriber.email, Suppression.Reason.BOUNCE, details)
    else:
        SoftBounce.objects.create(subscriber=subscriber, at=at, details=details, ours=kind == "ours")
        recent = SoftBounce.objects.filter(subscriber=subscriber, ours=False, at__gt=at - SOFT_WITHIN)
        if kind == "for now" and recent.count() >= MOST_SOFT:
            suppress(subscriber.email, Suppression.Reason.BOUNCE, details)
