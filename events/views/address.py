"""What stands in the address of a list, for the links that keep it; and the addresses of calendars."""

from publishing.head import absolute


def query_of(request, without=()):
    """Return the query of the address from its "?" on, without the names in `without` and what is empty."""
    query = request.GET.copy()
    for name in [name for name, value in query.items() if not value or name in without]:
        del query[name]
    return f"?{query.urlencode()}" if query else ""


def webcal(path):
    """Return the address of a calendar file at `path` by which programs subscribe to it and do not only read it."""
    return f"webcal://{absolute(path).partition('://')[2]}"
