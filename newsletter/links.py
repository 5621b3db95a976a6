"""Signed links for people without an account."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from publishing.head import absolute

from .models import Subscriber

CONFIRM_MAX_AGE = timedelta(days=3)
_CONFIRM, _LEAVE = "newsletter.confirm", "newsletter.leave"


def confirm_link(subscriber):
    """Return the address at which `subscriber` confirms, good for CONFIRM_MAX_AGE."""
    return absolute(reverse("newsletter:confirm", args=[signing.dumps(subscriber.pk, salt=_CONFIRM)]))


def leave_link(subscriber):
    """Return the address at which `subscriber` leaves, good for ever."""
    return absolute(reverse("newsletter:leave", args=[signing.dumps(subscriber.pk, salt=_LEAVE)]))


def subscriber_to_confirm(token):
    """Return the Subscriber of a confirm link, or None for one that is forged, too old or of somebody who left."""
    return _subscriber(token, _CONFIRM, CONFIRM_MAX_AGE)


def subscriber_to_leave(token):
    """Return the Subscriber of a leave link, or None for one that is forged or of somebody who left."""
    return _subscriber(token, _LEAVE, None)


def _subscriber(token, salt, max_age):
    try:
        pk = signing.loads(token, salt=salt, max_age=max_age)
    except signing.BadSignature:
        return None
    return Subscriber.objects.filter(pk=pk).first()
