"""Numbers that nobody has rung, or not for long, and such as were wrong when somebody did."""

from ..models import NumberCheck
from ..opening import local_day
from ..verification.rules import VERIFIED_FOR
from .conflict import Kind, conflict


def unverified(contacts, names, *, today):
    """Return the conflicts about contacts whose numbers were never verified, and whose review is over.

    `today` is the hospital's date. A fax is not rung. A number counts as it is: another one was never verified.
    """
    for contact in contacts:
        missing = [value for value in contact.to_ring if value not in contact.verdicts]
        if missing:
            yield conflict(Kind.NEVER_VERIFIED, contact.pk, [contact], sorted(missing))
        days = [local_day(contact.verdicts[value].at) for value in contact.to_ring if value in contact.verdicts]
        too_old = bool(days) and min(days) < today - VERIFIED_FOR
        review_over = contact.is_live and contact.review_on is not None and contact.review_on < today
        if too_old or review_over:
            yield conflict(Kind.OVERDUE, contact.pk, [contact], contact.review_on, sorted(days))


def found_wrong(contacts, names):
    """Return the conflicts about numbers that proved wrong when they were last rung; one for each number."""
    for contact in contacts:
        for _kind, value in contact.numbers:
            verdict = contact.verdicts.get(value)
            if verdict is not None and verdict.outcome == NumberCheck.Outcome.WRONG:
                yield conflict(
                    Kind.WRONG, f"{contact.pk}:{value}", [contact], verdict.pk, about=value, remark=verdict.note
                )
