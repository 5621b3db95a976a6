"""The link to a registration: signed, not to be guessed, and good as long as the registration is kept."""

from django.core import signing
from django.urls import reverse

from .models import Registration

SALT = "events.registration"


class ForgedLinkError(Exception):
    """We have not made this link."""


def registration_link(registration):
    """Return the path of the page of `registration`. Whoever has it may change and cancel it."""
    return reverse("events:registration", args=[token_of(registration)])


def token_of(registration):
    """Return what the link has: the nonce, which nobody can guess, and not the row's number."""
    return signing.Signer(salt=SALT).sign(registration.nonce)


def registration_of(token):
    """Return the Registration, with its date and event, whose link has `token`; None where it was deleted.

    Raises ForgedLinkError.
    """
    try:
        nonce = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature as error:
        raise ForgedLinkError from error
    found = Registration.objects.select_related("date__event__location", "date__location", "date__change__location")
    return found.prefetch_related("date__event__questions").filter(nonce=nonce).first()
