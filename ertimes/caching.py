"""For how long what shows a wait may be kept, and when it was sent."""

from datetime import UTC

from django.utils import timezone
from django.utils.cache import patch_cache_control

from .waits import seconds_left


def kept_no_longer_than(waits, response):
    """Let caches keep `response` until the first of `waits` changes, and return it.

    No cache may show it longer, not even where it cannot reach us. When it was sent stands in a header and not
    in the body, so that the same wait is the same body: an open page reckons from there (static/js/expiry.js).
    """
    patch_cache_control(response, public=True, must_revalidate=True, max_age=seconds_left(waits))
    return with_time_of_sending(response)


def with_time_of_sending(response):
    """Tell in a header of `response` when it was sent, and return it."""
    sent = timezone.now().astimezone(UTC).isoformat(timespec="milliseconds")
    response["Server-Timing"] = f'sent;desc="{sent}"'
    return response
