"""By what a mail that came back, or a complaint about it, says whose it was.

Each mail to a subscriber has a token in a header of its own, which mail servers give back with the mail; and where
NEWSLETTER_RETURN_PATH names a mailbox for what comes back, in the sender of the envelope also, where it survives
when nothing else does. A token names a row and no address, and is good for the address that the mail went to alone:
what comes back late says nothing of the address that a subscriber has changed to. It has small letters and digits only,
since mail servers may change the size of letters.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from .models import Subscriber

HEADER = "X-Newsletter-Recipient"
MOST_TOKENS = 20  # that are looked at in one text
_TOKEN = re.compile(r"([0-9]{1,18})-([0-9a-f]{20})")


def token_of(subscriber):
    """Return the token of `subscriber`, such as “812-5f0c…”: at most 39 signs."""
    return f"{subscriber.pk}-{_mac(subscriber, settings.SECRET_KEY)}"


def return_path_of(subscriber):
    """Return the envelope sender of a mail to `subscriber`: bounces+<token>@example.org.

    None where NEWSLETTER_RETURN_PATH is empty: then the mail's own sender is the one of the envelope.
    """
    local, at, domain = settings.NEWSLETTER_RETURN_PATH.rpartition("@")
    return f"{local}+{token_of(subscriber)}@{domain}" if at else None


def subscriber_of(text):
    """Return the Subscriber whose token stands anywhere in `text`, a header or an address; None for no good one."""
    for pk, mac in _TOKEN.findall(text.lower())[:MOST_TOKENS]:
        found = Subscriber.objects.filter(pk=int(pk)).first()
        secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS) if found else ()
        if any(constant_time_compare(mac, _mac(found, secret)) for secret in secrets):
            return found
    return None


def has_token(text):
    """Return whether something stands in `text` that looks like a token, of whomever."""
    return _TOKEN.search(text.lower()) is not None


def _mac(subscriber, secret):
    value = f"{subscriber.pk}:{subscriber.email.lower()}"
    return salted_hmac("newsletter.return_paths", value, secret=secret, algorithm="sha256").hexdigest()[:20]
