"""How a feed's message is signed, and whether it is signed by whom it says.

The signature is an HMAC-SHA256 with the key's secret over the timestamp, a full stop and the raw body.
"""

import hashlib
import hmac
import re
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from .feed_keys import KEY_ID, secrets_of
from .models import FeedKey

WINDOW = timedelta(seconds=300)  # by so much a sender's clock may differ from ours, either way
_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"sha256=[0-9a-fA-F]{64}", re.ASCII)


class NotSignedError(Exception):
    """The message is not to be taken; `str()` of it tells the sender why, and what to do."""


def sign(secret, timestamp, body):
    """Return what `ER-Signature` holds for `body` (bytes) sent at `timestamp` (Unix seconds, as text)."""
    message = timestamp.encode() + b"." + body
    return f"sha256={hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()}"


def key_of(*, key_id, timestamp, signature, body, at=None):
    """Return the live FeedKey that signed `body`, with its department; the three texts are those of the headers.

    Raises NotSignedError otherwise; it says the same of a key that is not known and of a wrong signature.
    """
    if not (key_id and timestamp and signature):
        raise NotSignedError(_("Sign the message: the headers ER-Key, ER-Timestamp and ER-Signature are all needed."))
    if not _TIMESTAMP.fullmatch(timestamp):
        raise NotSignedError(_("ER-Timestamp is the time in Unix seconds, digits only, such as 1772470800."))
    if not _SIGNATURE.fullmatch(signature):
        raise NotSignedError(_("ER-Signature is “sha256=” and 64 hexadecimal digits."))
    off = int(timestamp) - (at or timezone.now()).timestamp()
    if abs(off) > WINDOW.total_seconds():
        raise NotSignedError(
            _(
                "ER-Timestamp is more than 300 seconds off the time of this site, which is “time” here. Set the "
                "sender's clock, and sign each message when it is sent."
            )
        )
    # An unknown key costs as much work as a known one, so that the time it takes tells nothing.
    known_id = key_id if KEY_ID.fullmatch(key_id) else ""
    right = [constant_time_compare(sign(secret, timestamp, body), signature.lower()) for secret in secrets_of(known_id)]
    key = FeedKey.objects.select_related("department").filter(key_id=known_id).first()
    if key is None or not any(right):
        raise NotSignedError(
            _(
                "The key is not known, or the signature is not that of this key, timestamp and body. Sign the very "
                "bytes that are sent, with the secret as the text that was shown."
            )
        )
    if key.revoked_at is not None or (key.demonstration and not settings.DEMONSTRATION):
        raise NotSignedError(_("This key was revoked. Ask the hospital's web team for a new one."))
    return key
