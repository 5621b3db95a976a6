"""Choosing lists by a link that was mailed to the address: whoever has it has confirmed already."""

from django.db import transaction
from django.utils import timezone

from .models import Consent, MailingList, Subscriber, Subscription
from .signing_up import names_of
from .suppression import lift


def lists_for(subscriber):
    """Return the MailingLists that `subscriber` may tick: those on offer, and those that they have."""
    had = Subscription.objects.confirmed().filter(subscriber=subscriber).values("mailing_list")
    return MailingList.objects.on_offer() | MailingList.objects.filter(pk__in=had)


@transaction.atomic
def choose(subscriber, lists, *, language, wording, page, at=None):
    """Have `subscriber` get `lists`, at least one, and no others. What is new is kept as a Consent."""
    at = at or timezone.now()
    if Subscriber.objects.select_for_update().filter(pk=subscriber.pk).first() is None:
        return  # has left in this very moment
    Subscriber.objects.filter(pk=subscriber.pk).update(language=language)
    had = set(Subscription.objects.confirmed().filter(subscriber=subscriber).values_list("mailing_list", flat=True))
    new = [each for each in lists if each.pk not in had]
    Subscription.objects.filter(subscriber=subscriber).exclude(mailing_list__in=lists).delete()
    Subscription.objects.filter(subscriber=subscriber, mailing_list__in=new).update(confirmed_at=at)
    rows = [Subscription(subscriber=subscriber, mailing_list=each, asked_at=at, confirmed_at=at) for each in new]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)
    if new:
        Consent.objects.create(
            subscriber=subscriber, wording=wording, lists=names_of(new), page=page[:300], asked_at=at, confirmed_at=at
        )
        lift(subscriber.email)
