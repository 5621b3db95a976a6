"""How many sign-ups are taken from one network address. How many mails an address gets: see `answering`."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from .models import Consent

HOUR = timedelta(hours=1)
# In one hour. Behind one address of a phone company or a library there are many people, hence not fewer.
MOST_OF_A_SENDER = 10
MOST_OF_UNKNOWN_SENDERS = 200  # where the network does not tell the addresses

TOO_MANY = _(
    "Many people have signed up from your network address within an hour, so this was not taken. "
    "Please wait an hour and try again."
)


class TooManyError(Exception):
    """More than is taken; `args[0]` says so in a sentence, the same whether or not the address is known."""


def refuse_too_many(sender, at):
    """Raise TooManyError where another sign-up of `sender`, a keyed hash or "", is one too many at `at`."""
    most = MOST_OF_A_SENDER if sender else MOST_OF_UNKNOWN_SENDERS
    if Consent.objects.filter(sender=sender, asked_at__gt=at - HOUR).count() >= most:
        raise TooManyError(TOO_MANY)
