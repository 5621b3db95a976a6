"""For how long what shows a wait may be kept."""

from publishing.caching import kept_until


def kept_no_longer_than(waits, response):
    """Let caches keep `response` until the first of `waits` changes, and return it."""
    return kept_until([wait.changes_at for wait in waits if wait.changes_at], response)
