"""Addresses to which nothing is sent any more: known by a keyed hash, so that the list tells nobody's address.

How one gets off the list: by asking for the newsletter anew and pressing the button in the mail that comes then. So
that mail must be able to come. Whoever complained about us or asked us to stop gets it, since now they ask, but at
most once a day, however often somebody types the address. Where mail came back none is sent for a week: a
mailbox that is not there is not helped by another try, and one that was full may be mended by then.

The key is derived from SECRET_KEY; what was noted under an earlier one counts as long as that stands in
SECRET_KEY_FALLBACKS, and is written anew under the present one when the address is suppressed once more.
"""

import re
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from publishing.one_line import one_line

from .mail_addresses import normalized
from .models import Subscriber, Suppression

Reason = Suppression.Reason
# How long after the last mail to it a suppressed address may be asked again to confirm.
ASKED_ANEW_AFTER = {
    Reason.BOUNCE: timedelta(days=7),
    Reason.COMPLAINT: timedelta(days=1),
    Reason.ASKED: timedelta(days=1),
}
ASKED_AGAIN_AFTER = timedelta(hours=1)  # any other: somebody else may type one's address again and again
PART = 2000  # in one statement
LONGEST = 200  # characters of an answer, so that it can be stored with a few words before it
_CODES = re.compile(r"(?:[245][0-9]{2}\b[ -]?)?(?:[245]\.[0-9]{1,3}\.[0-9]{1,3}\b)?")  # RFC 5321 and 3463


def digest_of(email, secret=None):
    """Return the keyed hash of `email` (64 hexadecimal digits), the same for every way to spell it."""
    # Mailboxes that differ in nothing but the size of their letters are one to people, so they are one here.
    return salted_hmac(
        "newsletter.suppression", normalized(email).lower(), secret=secret, algorithm="sha256"
    ).hexdigest()


def suppressed(emails):
    """Return those of `emails` that nothing may be sent to, as a set of the same texts."""
    emails = list(emails)
    found = set()
    for start in range(0, len(emails), PART):
        by_digest = {digest: email for email in emails[start : start + PART] for digest in digests_of(email)}
        known = Suppression.objects.filter(digest__in=by_digest).values_list("digest", flat=True)
        found |= {by_digest[digest] for digest in known}
    return found


def suppression_of(email):
    """Return the newest Suppression of `email`, None where mail may be sent to it."""
    return Suppression.objects.filter(digest__in=digests_of(email)).order_by("-made_at", "-pk").first()


@transaction.atomic
def suppress(email, reason, details=""):
    """Send nothing more to `email` and delete who had it, with all that was kept; return the Suppression.

    `reason` is one of Suppression.Reason, `details` what the mail server said. A second time renews it: the time of
    a mailbox that is not there begins again, but a complaint is not made a bounce.
    """
    reason = Reason(reason)
    former = suppression_of(email)
    if former is not None and reason == Reason.BOUNCE:
        reason = Reason(former.reason)
    Suppression.objects.filter(digest__in=digests_of(email)[1:]).delete()
    found, _made = Suppression.objects.update_or_create(
        digest=digest_of(email),
        defaults={"reason": reason, "details": without_address(details, email), "made_at": timezone.now()},
    )
    Subscriber.objects.with_address(normalized(email)).delete()
    return found


def lift(email):
    """Let mail be sent to `email` again: its owner has asked for it and confirmed."""
    Suppression.objects.filter(digest__in=digests_of(email)).delete()


def pause_before_asking(email):
    """Return how long after the last mail another one may go to `email` that asks to confirm, as (timedelta, instant).

    The instant is a time at which a mail to it came back, which counts as the last mail; None where none did.
    """
    found = suppression_of(email)
    if found is None:
        return ASKED_AGAIN_AFTER, None
    return ASKED_ANEW_AFTER[found.reason], found.made_at if found.reason == Reason.BOUNCE else None


def digests_of(email):
    """Return the hashes of `email` under the present key, first, and those before it."""
    return [digest_of(email, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def without_address(details, email):
    """Return `details`, an answer about `email`, in one line, short, and with nothing left that tells the address.

    The codes that it begins with stay whatever the address is called: they say what becomes of it.
    """
    words = one_line(details)
    codes = _CODES.match(words)[0]
    rest = " ".join("…" if "@" in word else word for word in words[len(codes) :].split(" "))
    if local := re.escape(email.rpartition("@")[0]):
        rest = re.sub(rf"(?<!\w){local}(?!\w)", "…", rest, flags=re.IGNORECASE)
    return (codes + rest)[:LONGEST]
