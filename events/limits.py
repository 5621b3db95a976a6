"""How many registrations are taken from one network address and for one mail address."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from .models import Registration

HOUR = timedelta(hours=1)
# In one hour. Behind one address of a phone company or a library there are many people, hence not fewer.
MOST_OF_A_SENDER = 10
MOST_OF_UNKNOWN_SENDERS = 100  # for one date, where the network does not tell the addresses
MOST_TO_A_MAILBOX = 10  # in one hour, for whatever dates: each is a mail
MOST_OF_A_MAILBOX = 3  # for one date: a family, one by one
BY_STAFF = "staff"  # in place of the sender

FROM_ADDRESS = _(
    "Many registrations have come from your network address within an hour, so this one was not taken. "
    "Please wait an hour, or call."
)
FROM_UNKNOWN = _("Very many registrations came within an hour, so this one was not taken. Please call.")
TO_MAILBOX = _("Many registrations were made with this mail address within an hour. Please wait an hour, or call.")
OF_MAILBOX = _(
    "There are %(count)d registrations with this mail address for this date already. "
    "The links in their mails change them."
)


class TooManyError(Exception):
    """More than is taken; `args[0]` says so in a sentence."""


def refuse_too_many(date, *, sender, email, at):
    """Raise TooManyError where another registration of `sender` or `email` for `date` is one too many at `at`.

    They are counted under the lock of one date: who writes to many dates in the same second gets a few more.
    """
    recent = Registration.objects.filter(created_at__gt=at - HOUR, demonstration=False)
    if sender and recent.filter(sender=sender).count() >= MOST_OF_A_SENDER:
        raise TooManyError(FROM_ADDRESS)
    if not sender and recent.filter(date=date, sender="").count() >= MOST_OF_UNKNOWN_SENDERS:
        raise TooManyError(FROM_UNKNOWN)
    mine = Registration.objects.filter(date=date, email__iexact=email).exclude(state=Registration.State.CANCELLED)
    if mine.count() >= MOST_OF_A_MAILBOX:
        raise TooManyError(OF_MAILBOX % {"count": MOST_OF_A_MAILBOX})
    if recent.filter(email__iexact=email).count() >= MOST_TO_A_MAILBOX:
        raise TooManyError(TO_MAILBOX)
