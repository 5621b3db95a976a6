"""The one mail that answers a sign-up: asks to confirm, or says that one has it already.

It goes once an hour at most to one address, and where nothing is to be sent to the address any more, more seldom still
(see suppression). Who is not written to stands in no answer of the site.
"""

from django.db.models import Q
from django.utils import timezone

from .mails import already_message, confirm_message
from .models import MailingList, Subscriber
from .suppression import pause_before_asking


def answer(subscriber_id, at=None):
    """Send what answers the sign-up of the Subscriber with this key; return whether a mail was sent.

    Raises what the mail server raises; then the mail counts as not sent.
    """
    at = at or timezone.now()
    subscriber = Subscriber.objects.filter(pk=subscriber_id).first()
    if subscriber is None or not _claim(subscriber, at):
        return False
    waiting = MailingList.objects.filter(subscriptions__in=subscriber.subscriptions.filter(confirmed_at=None))
    try:
        message = confirm_message(subscriber, list(waiting)) if waiting else already_message(subscriber)
        message.send()
    except Exception:
        Subscriber.objects.filter(pk=subscriber.pk, mailed_at=at).update(mailed_at=subscriber.mailed_at)
        raise
    return True


def _claim(subscriber, at):
    """Note that a mail goes now, and return whether it may; of two who do so at once one may."""
    pause, came_back_at = pause_before_asking(subscriber.email)
    if came_back_at is not None and came_back_at + pause > at:
        return False
    due = Q(mailed_at=None) | Q(mailed_at__lte=at - pause)
    return Subscriber.objects.filter(due, pk=subscriber.pk).update(mailed_at=at) == 1
