"""What many ask for at the same moment is made once for all of them, in each process."""

from datetime import timedelta
from threading import Lock

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

_locks = [Lock() for _ in range(4)]
_made = {}


def once_within(kept_for, name, make):
    """Return what `make(at)` returned for `name`, in the language of the page, at most `kept_for` (timedelta) ago.

    `make` returns a pair: the value, and the instants from which on it is no longer true. `name` is one of a few, not
    anything that a visitor types. Whoever asks while it is being made waits for it.
    """
    key = (name, get_language())
    with _locks[hash(key) % len(_locks)]:
        at = timezone.now()
        made_at, value, ends = _made.get(key, (None, None, ()))
        if made_at is None or not made_at <= at < made_at + kept_for or any(at >= end for end in ends):
            value, ends = make(at)
            if kept_for > timedelta(0):
                _made[key] = (at, value, ends)
        return value


def sees_more(request):
    """Return whether who asks may see what others do not: staff, and a preview."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or hasattr(request, "preview")
