"""The instant at which a page is made: now, or in a preview the one that the editor chose."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_chosen = ContextVar("chosen_instant", default=None)


def now():
    """Return the aware datetime that a page speaks of: the clock's, unless a preview has chosen another."""
    return _chosen.get() or timezone.now()


@contextmanager
def at_instant(at):
    """Let `now()` answer `at`, an aware datetime, inside the block; None leaves it to the clock."""
    token = _chosen.set(at)
    try:
        yield
    finally:
        _chosen.reset(token)
