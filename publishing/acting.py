"""Who acts: known to whatever happens during a request, without handing the request down to the models."""

from contextvars import ContextVar

from .reader import reader_of

_request = ContextVar("request", default=None)


def remember_who_acts(get_response):
    """Keep the request until it is answered. Asks nothing of it, so that a visitor's page costs no query."""

    def middleware(request):
        token = _request.set(request)
        try:
            return get_response(request)
        finally:
            _request.reset(token)

    return middleware


def acting_user():
    """Return the user whose request is being answered; None for a visitor, a command or a task."""
    request = _request.get()
    if request is None:
        return None
    user = reader_of(request)
    return user if user.is_authenticated else None
