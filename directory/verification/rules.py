"""How long a check of a number holds."""

from datetime import timedelta

from ..opening import local_day

VERIFIED_FOR = timedelta(days=182)  # half a year
UNDONE_WITHIN = timedelta(days=1)  # after that a check is history


def counts_since(review_on, today):
    """Return the date from which a check counts `today`, of a contact that is to be reviewed on `review_on`.

    Once that day has come, older checks do not count any more, however young they are.
    """
    half_a_year_ago = today - VERIFIED_FOR
    return max(half_a_year_ago, review_on) if review_on and review_on <= today else half_a_year_ago


def is_settled(checked_at, review_on, today):
    """Return whether a number that was found right or wrong at `checked_at` (None: never) need not be rung."""
    return checked_at is not None and local_day(checked_at) >= counts_since(review_on, today)
