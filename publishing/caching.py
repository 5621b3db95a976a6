"""For how long a page that is true only for a time may be kept, and when it was sent."""

from datetime import UTC

from django.utils import timezone
from django.utils.cache import patch_cache_control

from . import instant

LONGEST = 60  # seconds; static/js/expiry.js reckons with it


def kept_until(instants, response):
    """Let caches keep `response` until the first of `instants` (aware datetimes), and return it.

    No cache may show it longer, not even where it cannot reach us. When it was sent stands in a header and not
    in the body, so that the same words are the same body: an open page reckons from there (static/js/expiry.js).
    """
    patch_cache_control(response, public=True, must_revalidate=True, max_age=seconds_left(instants))
    return with_time_of_sending(response)


def seconds_left(instants, at=None):
    """Return the whole seconds from `at` (default: now) to the first of `instants`, from 0 to `LONGEST`."""
    at = at or instant.now()
    lefts = [(one - at).total_seconds() for one in instants]
    return max(0, int(min([LONGEST, *lefts])))


def with_time_of_sending(response):
    """Tell in a header of `response` when it was sent, and return it."""
    sent = timezone.now().astimezone(UTC).isoformat(timespec="milliseconds")
    response["Server-Timing"] = f'sent;desc="{sent}"'
    return response
