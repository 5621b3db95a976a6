"""The hidden value of a form for visitors, who have no session: which form it is, and when it was shown."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing

SALT = "publishing.form_stamps"
GOOD_FOR = timedelta(hours=2)
FASTEST = timedelta(seconds=2)  # in which a person fills in a form


@dataclass(frozen=True)
class Stamp:
    """`nonce` is another one in every form that is shown; `made_at` is an aware datetime."""

    nonce: str
    made_at: datetime

    def is_old_at(self, at):
        return at - self.made_at > GOOD_FOR

    def is_fast_at(self, at):
        return at - self.made_at < FASTEST


def make_stamp(about, at):
    """Return the text of a new stamp for a form shown at `at` that is about `about`, a stored instance or a name."""
    value = {"nonce": secrets.token_urlsafe(16), "about": _name_of(about), "made_at": at.timestamp()}
    return signing.Signer(salt=SALT).sign_object(value)


def read_stamp(text, about):
    """Return the Stamp in `text`; None where we did not sign it, or for a form about something else than `about`."""
    try:
        value = signing.Signer(salt=SALT).unsign_object(text)
    except signing.BadSignature:
        return None
    if value["about"] != _name_of(about):
        return None
    return Stamp(value["nonce"], datetime.fromtimestamp(value["made_at"], UTC))


def _name_of(about):
    return [about, None] if isinstance(about, str) else [about._meta.label_lower, about.pk]
