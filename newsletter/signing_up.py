"""Asking for mailing lists, and confirming that one did. Nothing is sent to a list before its owner has confirmed."""

from django.db import transaction
from django.utils import timezone

from .limits import refuse_too_many
from .mail_addresses import normalized
from .models import Consent, MailingList, Subscriber, Subscription
from .suppression import lift
from .tasks import answer_sign_up


@transaction.atomic
def ask(email, lists, *, wording, page, sender, language, at=None):
    """Note that somebody asked for `lists` to be sent to `email`, and have the address asked whether that is so.

    `wording` is what stood beside the form, `page` the path of it, `sender` a keyed hash of the network address ("":
    not known). Whatever is known of the address, the same is stored and the same task is enqueued, so that neither
    the answer nor its time tells. Raises TooManyError.
    """
    at = at or timezone.now()
    refuse_too_many(sender, at)
    email = normalized(email)
    known = Subscriber.objects.select_for_update().with_address(email)
    subscriber, _new = known.get_or_create(defaults={"email": email, "asked_at": at, "language": language})
    Subscriber.objects.filter(pk=subscriber.pk).update(asked_at=at)
    rows = [Subscription(subscriber=subscriber, mailing_list=each, asked_at=at) for each in lists]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)
    Subscription.objects.filter(subscriber=subscriber, mailing_list__in=lists, confirmed_at=None).update(asked_at=at)
    Consent.objects.create(
        subscriber=subscriber, wording=wording, lists=names_of(lists), page=page[:300], asked_at=at, sender=sender
    )
    transaction.on_commit(lambda: answer_sign_up.enqueue(subscriber.pk))


@transaction.atomic
def confirm(subscriber, list_numbers, at=None):
    """Confirm those lists of `list_numbers` (keys) that `subscriber` has asked for; return how many.

    A second time changes nothing, nor does it once they have left. Mail may go to the address again (see suppression).
    """
    at = at or timezone.now()
    waiting = Subscription.objects.filter(subscriber=subscriber, mailing_list__in=list_numbers, confirmed_at=None)
    names = set(MailingList.objects.filter(subscriptions__in=waiting).values_list("name", flat=True))
    confirmed = waiting.update(confirmed_at=at)
    if confirmed:
        # What was agreed to in another sign-up, of lists that the page did not show, is not confirmed by this button.
        rows = Subscription.objects.confirmed().filter(subscriber=subscriber)
        had = set(MailingList.objects.filter(subscriptions__in=rows).values_list("name", flat=True))
        open_ones = Consent.objects.filter(subscriber=subscriber, confirmed_at=None)
        agreed = [each.pk for each in open_ones if names & set(each.lists.split("\n")) and _is_all_in(each, had)]
        Consent.objects.filter(pk__in=agreed).update(confirmed_at=at)
        lift(subscriber.email)
    return confirmed


def _is_all_in(consent, names):
    return set(consent.lists.split("\n")) <= names


def names_of(lists):
    """Return the names of `lists` as they stand in a Consent: one a line."""
    return "\n".join(each.name for each in lists)
