"""Making, knowing and revoking the keys that feeds sign with."""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from publishing import audit
from publishing.models import AuditEntry

from .locking import lock
from .models import FeedKey
from .models.feed_key import MOST_KEYS

KEY_ID = re.compile(r"er_[0-9a-f]{20}", re.ASCII)
_SALT = "ertimes.feed_keys"
_offers = signing.Signer(salt="ertimes.feed_keys.offer")


def new_key_id():
    """Return a key_id that nobody has."""
    return f"er_{secrets.token_hex(10)}"


def offer():
    """Return a signed new key_id for a form, so that a form that is sent twice makes one key."""
    return _offers.sign(new_key_id())


def accept(offered):
    """Return the key_id of an `offer()`. Raises ValidationError for any other text, and for one that is used."""
    try:
        key_id = _offers.unsign(offered)
    except signing.BadSignature:
        raise ValidationError(_("This form is not ours. Open it again.")) from None
    if FeedKey.objects.filter(key_id=key_id).exists():
        raise ValidationError(
            _(
                "This form was sent before and its key is made. A secret is shown once only: if it was not written "
                "down, revoke the key and make another."
            )
        )
    return key_id


def secret_of(key_id):
    """Return the secret of the key: 64 hexadecimal digits, derived from the site's SECRET_KEY."""
    return secrets_of(key_id)[0]


def secrets_of(key_id):
    """Return the secrets that are good for the key: the one under SECRET_KEY, then those under its fallbacks."""
    return [
        salted_hmac(_SALT, key_id, secret=site_secret, algorithm="sha256").hexdigest()
        for site_secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def live_keys(department):
    """Return the keys of hospitals' systems that `department` takes; what the demonstration uses is apart."""
    return FeedKey.objects.filter(department=department, revoked_at__isnull=True, demonstration=False)


def refuse_too_many(department):
    """Raise ValidationError where `department` has as many live keys as it may have.

    Inside a transaction: its row stays locked, so that two who make keys at once do not make one too many.
    """
    lock(department)
    if live_keys(department).count() >= MOST_KEYS:
        raise ValidationError(
            _(
                "%(department)s has %(most)d live keys, which is enough to change one for the other. Revoke the one "
                "that is not used any more, then make a new one."
            )
            % {"department": department, "most": MOST_KEYS}
        )


@transaction.atomic
def issue_key(department, label, by, *, key_id=None):
    """Make a key for the system that `label` names and return (FeedKey, secret). `by` is the user who makes it.

    The secret is to be shown now and never again. Raises ValidationError where MOST_KEYS are live.
    """
    refuse_too_many(department)
    key = FeedKey.objects.create(department=department, key_id=key_id or new_key_id(), label=label, created_by=by)
    audit.record(
        AuditEntry.Action.PERMISSION_CHANGED,
        user=by,
        thing=key,
        details=f"Key made: may send the waits of {department}",
    )
    return key, secret_of(key.key_id)


def revoke(key, by):
    """Take `key` no more, from now on. One that is revoked already stays as it is."""
    changed = FeedKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    if changed:
        details = f"Key revoked: may no longer send the waits of {key.department}"
        audit.record(AuditEntry.Action.PERMISSION_CHANGED, user=by, thing=key, details=details)
    key.refresh_from_db(fields=["revoked_at"])


def demonstration_key(department):
    """Return the live key with which the demonstration feeds `department`, made where there is none.

    Its readings are marked as made up, and it is good only while the demonstration is on. It does not count
    towards MOST_KEYS and is not in the log: nobody made it.
    """
    keys = FeedKey.objects.filter(department=department, demonstration=True, revoked_at__isnull=True)
    return keys.first() or FeedKey.objects.create(
        department=department, key_id=new_key_id(), label="Demonstration", demonstration=True
    )


def note_use(key):
    """Write down that `key` was used just now; at most once a minute, since a feed may send often."""
    now = timezone.now()
    if key.last_used_at is None or key.last_used_at <= now - timedelta(minutes=1):
        FeedKey.objects.filter(pk=key.pk).update(last_used_at=now)
