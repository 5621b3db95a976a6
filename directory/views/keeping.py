"""How long caches may keep a page that says what is open now."""

from publishing.caching import kept_until


def kept_while_true(lines, response):
    """Let caches keep `response` until the first of `lines`, each an OpenLine or None, is over, and return it."""
    ends = [line.holds_until for line in lines if line]
    return kept_until(ends, response) if ends else response
