"""What the mail service of the hospital tells by webhook, through django-anymail, which has checked who tells it."""

import re

from anymail.signals import tracking

from .came_back import came_back
from .mail_addresses import normalized
from .models import Subscriber
from .reports import kind_of

# Why a service refused a mail, in anymail's words, where that says nothing about the address.
_OURS = {"blocked", "spam", "other", "timed_out"}
_STATUS = re.compile(r"(?<![\d.])([45])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")  # RFC 3463, and no part of an IP address
# Without such a status: what a server answers to a mail that may come later (RFC 5321, 4.2.3).
_LATER = re.compile(r"^(?:smtp;\s*)?(?:4\d\d|552)\b", re.IGNORECASE)
# How services say in their own words that a mail came back for now; anymail calls it "bounced" like any other.
_SOFT = (("Type", "SoftBounce"), ("event", "soft_bounce"), ("hard_bounce", False), ("type", "blocked"))


def follow():
    """Act on what is told from now on. Called once, when the apps are loaded."""
    tracking.connect(mail_was_tracked, dispatch_uid="newsletter")


def mail_was_tracked(sender, event, esp_name, **kwargs):
    """Act on an event of anymail about somebody who subscribes; of other mails it says nothing to us."""
    kind = _kind_of(event)
    if kind is None or not event.recipient:
        return
    subscriber = Subscriber.objects.with_address(normalized(event.recipient)).first()
    if subscriber is not None:
        came_back(subscriber, kind, str(event.mta_response or event.description or event.event_type))


def _kind_of(event):
    """Return what `event` says of the address, as came_back takes it; None where nothing is to be done."""
    match event.event_type:
        case "complained" | "unsubscribed":
            return "complaint"
        case "bounced":
            return "ours" if event.reject_reason in _OURS else _kind_of_bounce(event)
        case "rejected" if event.reject_reason in ("bounced", "invalid"):
            return "gone"
    return None


def _kind_of_bounce(event):
    """Return the kind of a mail that came back: the mail server's status says more than the service's word for it."""
    words = [str(text) for text in (event.mta_response, event.description) if text]
    status = next((found for text in words if (found := _STATUS.search(text))), None)
    kind = kind_of(*status.groups()) if status else "gone"
    if kind == "gone" and (_is_soft(event) or (status is None and any(_LATER.match(text) for text in words))):
        return "for now"
    return kind


def _is_soft(event):
    told = event.esp_event if isinstance(event.esp_event, dict) else {}
    is_soft = any(told.get(name) == value for name, value in _SOFT)
    return is_soft or str(event.description or "").startswith("Transient")  # Amazon SES
