"""What the mail service of the hospital tells by webhook, through django-anymail, which has checked who tells it."""

from anymail.signals import tracking

from .came_back import came_back
from .mail_addresses import normalized
from .models import Subscriber

# Why a service refused a mail, in anymail's words, where that says nothing about the address.
_OURS = {"blocked", "spam", "other", "timed_out"}


def follow():
    """Act on what is told from now on. Called once, when the apps are loaded."""
    tracking.connect(mail_was_tracked, dispatch_uid="newsletter")


def mail_was_tracked(sender, event, esp_name, **kwargs):
    """Act on an event of anymail about somebody who subscribes; of other mails it says nothing to us."""
    kind = _kind_of(event)
    if kind is None or not event.recipient:
        return
    subscriber = Subscriber.objects.filter(email__iexact=normalized(event.recipient)).first()
    if subscriber is not None:
        came_back(subscriber, kind, event.mta_response or event.description or event.event_type)


def _kind_of(event):
    match event.event_type:
        case "complained" | "unsubscribed":
            return "complaint"
        case "bounced":
            return "ours" if event.reject_reason in _OURS else "gone"
        case "rejected" if event.reject_reason in ("bounced", "invalid"):
            return "gone"
    return None
