"""Forgetting what people told when they signed up, once it is needed no more."""

from datetime import timedelta

from django.utils import timezone

from .links import CONFIRM_MAX_AGE
from .models import AddressChange, Consent, SoftBounce, Subscriber, Subscription

KEPT = timedelta(days=30)


def forget(at=None):
    """Delete what was asked for 30 days ago and never confirmed, and which network address asked for anything."""
    until = (at or timezone.now()) - KEPT
    Consent.objects.filter(asked_at__lte=until).exclude(sender="").update(sender="")
    Consent.objects.filter(asked_at__lte=until, confirmed_at=None).delete()
    Subscription.objects.filter(asked_at__lte=until, confirmed_at=None).delete()
    Subscriber.objects.filter(asked_at__lte=until, subscriptions=None).delete()
    SoftBounce.objects.filter(at__lte=until).delete()
    AddressChange.objects.filter(asked_at__lte=until + KEPT - CONFIRM_MAX_AGE).delete()
