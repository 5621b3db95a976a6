"""Numbers that nobody has rung, or not for long, and such as were wrong when somebody did."""

from ..models import NumberCheck
from ..opening import local_day
from ..verification.rules import VERIFIED_FOR
from .conflict import Kind, conflict


def unverified(entries, names, *, today):
    """Return the conflicts about entries whose numbers were never verified, and whose review is over.

    `today` is the hospital's date. A fax is not rung. A number counts as it is: another one was never verified.
    """
    for entry in entries:
        missing = [value for value in entry.to_ring if value not in entry.verdicts]
        if missing:
            yield conflict(Kind.NEVER_VERIFIED, entry.pk, [entry], sorted(missing))
        days = [local_day(entry.verdicts[value].at) for value in entry.to_ring if value in entry.verdicts]
        too_old = bool(days) and min(days) < today - VERIFIED_FOR
        review_over = entry.is_live and entry.review_on is not None and entry.review_on < today
        if too_old or review_over:
            yield conflict(Kind.OVERDUE, entry.pk, [entry], entry.review_on, sorted(days))


def found_wrong(entries, names):
    """Return the conflicts about numbers that proved wrong when they were last rung; one for each number."""
    for entry in entries:
        for _kind, value in entry.numbers:
            verdict = entry.verdicts.get(value)
            if verdict is not None and verdict.outcome == NumberCheck.Outcome.WRONG:
                yield conflict(Kind.WRONG, f"{entry.pk}:{value}", [entry], verdict.pk, about=value, remark=verdict.note)
