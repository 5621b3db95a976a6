"""What the buttons of the round do: a check is stored once, whoever presses first, and can be taken back."""

from django.db import transaction
from django.utils import timezone

from ..models import Contact, ContactNumber, NumberCheck
from .rules import UNDONE_WITHIN, VERIFIED_FOR, is_settled


class NotThereError(Exception):
    """The contact has no such number any more."""


class SomebodyWasFirstError(Exception):
    """Somebody else has rung this number since it was shown: `check` is what he found."""

    def __init__(self, check):
        super().__init__(str(check))
        self.check = check


@transaction.atomic
def press(contact, number, outcome, *, user, seen, note=""):
    """Store what came of ringing `number` (ContactNumber.value) of the contact with this pk; return the NumberCheck.

    `seen` is the pk of the newest check that the one who rings had been shown of it, None for none. Pressing twice
    stores one check. Once all its numbers are right the contact is to be reviewed half a year later, without a
    revision: what it says has not changed. Raises NotThereError and SomebodyWasFirstError.
    """
    row = Contact.objects.select_for_update(no_key=True).filter(pk=contact).first()
    if row is None or number not in {each.value for each in row.numbers.all()}:
        raise NotThereError
    newest = row.checks.standing().filter(number=number).select_related("checked_by").first()
    if newest is not None and newest.pk != seen:
        if newest.checked_by_id == user.pk and newest.outcome == outcome:
            return newest
        raise SomebodyWasFirstError(newest)
    check = NumberCheck.objects.create(
        contact=row, number=number, outcome=outcome, checked_at=timezone.now(), checked_by=user, note=note
    )
    if check.is_right:
        _move_review(row, check)
    return check


def _move_review(contact, check):
    """Put the review of `contact` off until the checks of its numbers are old, if all of them are right."""
    today = check.checked_on
    newest = {each.number: each for each in NumberCheck.objects.newest().filter(contact=contact)}
    for number in contact.numbers.exclude(kind=ContactNumber.Kind.FAX):
        each = newest.get(number.value)
        if each is None or not each.is_right or not is_settled(each.checked_at, contact.review_on, today):
            return
    next_review = today + VERIFIED_FOR
    if contact.review_on is not None and contact.review_on >= next_review:
        return
    check.review_before, check.review_after = contact.review_on, next_review
    check.save(update_fields=["review_before", "review_after"])
    Contact.objects.filter(pk=contact.pk).update(review_on=next_review)


@transaction.atomic
def take_back(check, *, user):
    """Take back the NumberCheck with the pk `check`, which `user` has stored today; return it, or None if it cannot be.

    It stays in the history, marked. A review that it had put off is due again when it was before.
    """
    found = NumberCheck.objects.filter(pk=check).first()
    if found is None:
        return None
    contact = Contact.objects.select_for_update(no_key=True).get(pk=found.contact_id)
    now = timezone.now()
    newest = contact.checks.standing().filter(number=found.number).first()
    if newest is None or newest.pk != check or newest.checked_by_id != user.pk:
        return None
    if now - newest.checked_at > UNDONE_WITHIN:
        return None
    newest.undone_at = now
    newest.save(update_fields=["undone_at"])
    if newest.review_after is not None and contact.review_on == newest.review_after:
        Contact.objects.filter(pk=contact.pk).update(review_on=newest.review_before)
    return newest
