"""What many ask for at the same moment is made once for all of them, in each process.

Every open board asks again when a wait has changed, and a crowd asks for the phone list: without this, each of them
would have the same made anew.
"""

from datetime import timedelta
from threading import Lock

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from . import instant

# As many as there are threads that could ever wait; a lock for each key would let strangers fill the memory.
_locks = [Lock() for _ in range(16)]
_made = {}


def once_within(kept_for, key, make, at=None):
    """Return what `make(at)` returned for `key`, in the language of the page, at most `kept_for` (timedelta) ago.

    `make` returns a pair: the value, and the instants from which on it is no longer true. `key` names all that the
    value depends on, one of a few and not anything that a visitor types. `at` is an aware datetime (default: now).
    Whoever asks while it is being made waits for it, so `make` may not ask for another such thing. What it raises goes
    to the one who asked, and the next one tries again.
    """
    key = (key, get_language())
    with _locks[hash(key) % len(_locks)]:
        at = at or timezone.now()
        made_at, value, ends = _made.get(key, (None, None, ()))
        if made_at is None or not made_at <= at < made_at + kept_for or any(at >= end for end in ends):
            value, ends = make(at)
            if kept_for > timedelta(0):
                _made[key] = (at, value, ends)
        return value


def once_for(request, kept_for, key, make):
    """Return what once_within does; made afresh for who may see what others do not: staff, and a preview."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES or hasattr(request, "preview"):
        return make(instant.now())[0]
    return once_within(kept_for, key, make)
