"""The sign-up as a person fills it in."""

from datetime import timedelta

from django.utils import timezone

from publishing.form_stamps import make_stamp


def filled_in(email="reader@example.org", lists=(), *, at=None, **fields):
    """Return what is posted a minute after the form was shown; `lists` are MailingLists, `at` is the time of it."""
    stamp = make_stamp("newsletter", (at or timezone.now()) - timedelta(minutes=1))
    return {"email": email, "lists": [each.slug for each in lists], "website": "", "stamp": stamp, **fields}
