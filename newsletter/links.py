"""Signed links for people without an account. Each does one thing, and none holds an address."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from publishing.head import absolute

from .models import AddressChange, Subscriber

CONFIRM_MAX_AGE = timedelta(days=3)
_CONFIRM, _LEAVE = "newsletter.confirm", "newsletter.leave"
_PREFERENCES, _CHANGE = "newsletter.preferences", "newsletter.change"


class ForgedLinkError(Exception):
    """We have not made this link, or not all of it has come."""


class OldLinkError(Exception):
    """We have made this link, and its time is over."""


def confirm_link(subscriber):
    """Return the address at which `subscriber` confirms, good for CONFIRM_MAX_AGE."""
    return _link("newsletter:confirm", subscriber, _CONFIRM)


def preferences_link(subscriber):
    """Return the address at which `subscriber` chooses lists and changes the address, good for ever."""
    return _link("newsletter:preferences", subscriber, _PREFERENCES)


def leave_link(subscriber):
    """Return the address of the page with the button by which `subscriber` leaves, good for ever."""
    return _link("newsletter:leave", subscriber, _LEAVE)


def one_click_link(subscriber):
    """Return the address for List-Unsubscribe: a POST to it makes `subscriber` leave (RFC 8058), good for ever."""
    return _link("newsletter:one_click", subscriber, _LEAVE)


def change_link(change):
    """Return the address at which the new address of an AddressChange is confirmed, good for CONFIRM_MAX_AGE."""
    return _link("newsletter:change", change, _CHANGE)


def on_this_page(link):
    """Return the path of `link`, for a page of the site: it is opened at the host that the reader is at."""
    return link.removeprefix(settings.SITE_URL)


def subscriber_to_confirm(token):
    """Return the Subscriber of a confirm link, None for one who left. Raises ForgedLinkError and OldLinkError."""
    return _subscriber(token, _CONFIRM, CONFIRM_MAX_AGE)


def subscriber_to_prefer(token):
    """Return the Subscriber of a preferences link, None for one who left. Raises ForgedLinkError."""
    return _subscriber(token, _PREFERENCES, None)


def subscriber_to_leave(token):
    """Return the Subscriber of a leave or one-click link, None for one who left. Raises ForgedLinkError."""
    return _subscriber(token, _LEAVE, None)


def change_to_confirm(token):
    """Return the AddressChange of its link with its subscriber, None for one that was used or whose subscriber left.

    Raises ForgedLinkError and OldLinkError.
    """
    number = _key(token, _CHANGE, CONFIRM_MAX_AGE)
    return AddressChange.objects.select_related("subscriber").filter(pk=number).first()


def _link(name, thing, salt):
    return absolute(reverse(name, args=[signing.dumps(thing.pk, salt=salt)]))


def _subscriber(token, salt, max_age):
    return Subscriber.objects.filter(pk=_key(token, salt, max_age)).first()


def _key(token, salt, max_age):
    try:
        return signing.loads(token, salt=salt, max_age=max_age)
    except signing.SignatureExpired as error:
        raise OldLinkError from error
    except signing.BadSignature as error:
        raise ForgedLinkError from error
