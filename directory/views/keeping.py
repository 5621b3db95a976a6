"""How long caches may keep a page that says what is open now."""

from publishing.caching import kept_until


def kept_while_true(lines, response):
    """Let caches keep `response` until the first of `lines`, each an OpenLine or None, is over, and return it."""
    return kept_until_first([line and line.holds_until for line in lines], response)


def kept_until_first(instants, response):
    """Let caches keep `response` until the first of `instants`, aware datetimes or None for never, and return it."""
    ends = [instant for instant in instants if instant]
    return kept_until(ends, response) if ends else response
