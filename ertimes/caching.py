"""For how long what shows a wait may be kept."""

from publishing.caching import kept_until


def kept_no_longer_than(waits, response):
    """Let caches keep `response` until the first of `waits` changes, and return it."""
    return kept_until(changes_of(waits), response)


def changes_of(waits):
    """Return the instants at which any of `waits` changes by itself."""
    return [wait.changes_at for wait in waits if wait.changes_at]
