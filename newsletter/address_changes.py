"""Changing the address of a subscription: the new one has to confirm, as one that signs up."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .mail_addresses import normalized
from .mails import change_message
from .models import AddressChange, Delivery, Subscriber, Subscription
from .suppression import lift, pause_before_asking

HOUR = timedelta(hours=1)
MOST_OF_A_SUBSCRIBER = 3  # in one hour: one may mistype
MOST_TO_AN_ADDRESS = 1  # in one hour

State = Delivery.State
OFTEN = _("This was asked for often within an hour. Please wait an hour and try again.")


class OftenError(Exception):
    """Asked for more often than mails are sent; `args[0]` says so in a sentence."""


@transaction.atomic
def request_change(subscriber, email, at=None):
    """Have `email` asked whether it wants what `subscriber` gets; return the AddressChange. Raises OftenError.

    None where it is the address already, or the subscriber has just left. Whether another subscriber has the address
    makes no difference.
    """
    at = at or timezone.now()
    email = normalized(email)
    locked = Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first()
    if locked is None or locked.email == email:
        return None
    recent = AddressChange.objects.filter(asked_at__gt=at - HOUR)
    if recent.filter(subscriber=subscriber).count() >= MOST_OF_A_SUBSCRIBER:
        raise OftenError(OFTEN)
    if recent.with_address(email).count() >= MOST_TO_AN_ADDRESS:
        raise OftenError(OFTEN)
    return AddressChange.objects.create(subscriber=subscriber, email=email, asked_at=at)


def send_change(change_id, at=None):
    """Send the mail that asks the new address to confirm; return whether one was sent.

    None goes to an address where nothing may be sent (see suppression) for as long as such a mail may not.
    """
    at = at or timezone.now()
    change = AddressChange.objects.select_related("subscriber").filter(pk=change_id).first()
    if change is None:  # they have left since
        return False
    pause, came_back_at = pause_before_asking(change.email)
    earlier = AddressChange.objects.with_address(change.email).filter(asked_at__gt=at - pause).exclude(pk=change.pk)
    if earlier.exists() or (came_back_at is not None and came_back_at + pause > at):
        return False
    change_message(change).send()
    return True


@transaction.atomic
def confirm_change(change):
    """Give who asked for `change` the new address and return them as a new Subscriber, with what they get.

    None where they have left since or the change was made already. The links in mails to the former address name
    the former Subscriber and are dead from now on: whoever reads that mailbox learns and changes nothing any more.
    Where somebody had signed up with the new address already, the two become one, who gets the lists of both.
    """
    former = Subscriber.objects.select_for_update().filter(pk=change.subscriber_id).first()
    if former is None or not AddressChange.objects.filter(pk=change.pk).exists():
        return None
    other = Subscriber.objects.select_for_update().with_address(change.email).exclude(pk=former.pk).first()
    # Both may have the address in other letters, and it stands in the table once.
    for each in filter(None, (former, other)):
        Subscriber.objects.filter(pk=each.pk).update(email=f"{each.pk}@moved.invalid")
    mailed_at = other.mailed_at if other else None
    subscriber = Subscriber.objects.create(
        email=change.email, language=former.language, asked_at=former.asked_at, mailed_at=mailed_at
    )
    for rows in (former.subscriptions, former.consents, former.deliveries):
        rows.update(subscriber=subscriber)
    if other is not None:
        _hand_over(other, subscriber)
        _hand_over_deliveries(other, subscriber)
        other.delete()
    former.delete()
    lift(change.email)
    return subscriber


def _hand_over(former, subscriber):
    """Give `subscriber` the confirmed lists of `former`, with what was agreed to for them."""
    had = Subscription.objects.confirmed().filter(subscriber=subscriber).values_list("mailing_list", flat=True)
    moved = Subscription.objects.confirmed().filter(subscriber=former).exclude(mailing_list__in=list(had))
    lists = list(moved.values_list("mailing_list", flat=True))
    Subscription.objects.filter(subscriber=subscriber, mailing_list__in=lists).delete()
    moved.update(subscriber=subscriber)
    former.consents.filter(confirmed_at__isnull=False).update(subscriber=subscriber)


def _hand_over_deliveries(former, subscriber):
    """Have `subscriber` get what is being mailed to `former` and to them once, not twice and not never."""
    sent = list(former.deliveries.filter(state=State.SENT).values_list("mailing", flat=True))
    subscriber.deliveries.filter(state=State.WAITING, mailing__in=sent).update(
        state=State.SKIPPED, claimed_by="", problem=gettext("It was sent to the new address already.")
    )
    waiting = list(former.deliveries.filter(state=State.WAITING).values_list("mailing", flat=True))
    ended = (State.REFUSED, State.SKIPPED, State.LEFT)
    subscriber.deliveries.filter(state__in=ended, mailing__in=waiting).update(subscriber=None)
    had = list(subscriber.deliveries.values_list("mailing", flat=True))
    former.deliveries.exclude(mailing__in=had).update(subscriber=subscriber)
