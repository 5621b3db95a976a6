"""The link to a notice: signed, not to be guessed, and good as long as the notice is kept."""

from django.core import signing
from django.urls import reverse

from .models import ArrivalNotice

SALT = "ertimes.arrival_notice"


class ForgedLinkError(Exception):
    """We have not made this link, or it was for another department."""


def notice_link(notice):
    """Return the path of the page of `notice`. Whoever has it may change and cancel the notice."""
    token = signing.Signer(salt=SALT).sign(notice.nonce)
    return reverse("ertimes:arrival_notice", args=[notice.department.slug, token])


def notice_of(department, token):
    """Return the notice whose link has `token`; None where it is over. Raises ForgedLinkError.

    `department` is the one in the link. The token holds the nonce, which nobody can guess either, and not
    the row's number: neither tells how many notices there were.
    """
    try:
        nonce = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature as error:
        raise ForgedLinkError from error
    notice = ArrivalNotice.objects.kept().filter(nonce=nonce).first()
    if notice is not None and notice.department_id != department.pk:
        raise ForgedLinkError
    return notice
