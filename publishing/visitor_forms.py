"""Forms for visitors, who have no session and get no cookie."""

from functools import wraps
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.views.decorators.csrf import csrf_exempt


def visitor_form(view):
    """Take POSTs from pages of this site only, without a CSRF cookie.

    A visitor is not signed in, so there is no right of theirs that another site could borrow; what is
    refused is another site's page sending the form in their name. Browsers say where a form comes
    from in `Sec-Fetch-Site` and `Origin`; one that says neither is let through.
    """

    @csrf_exempt
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.method == "POST":
            site = request.headers.get("Sec-Fetch-Site", "same-origin")
            origin = request.headers.get("Origin")
            if site not in ("same-origin", "none") or (origin and _host_of(origin) != request.get_host()):
                raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapper


def _host_of(origin):
    """Return the host and port of an `Origin` header, or "" where it is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
