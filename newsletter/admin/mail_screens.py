"""How a mail is shown to staff: in frames of its own policy, in the colours and with the pictures that they choose."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse

from publishing.preview import instant_from

from ..mail_css import DARK_QUERY
from ..rendering import MOST_BYTES
from ..trial_mails import without_marks


def look_of(request):
    """Return how the address asks for the mail: {"dark": bool, "pictures": bool, "at": aware datetime or None}."""
    return {
        "dark": request.GET.get("colours") == "dark",
        "pictures": request.GET.get("pictures") != "none",
        "at": instant_from(request.GET.get("at", "")),
    }


def frame_query(look, at_text):
    """Return the query of the frame that shows the mail in `look`; `at_text` is the instant as it was asked for."""
    values = {"colours": "dark" if look["dark"] else "light", "pictures": "shown" if look["pictures"] else "none"}
    return urlencode(values | ({"at": at_text} if look["at"] else {}))


def size_told(rendering):
    """Return {"kilobytes", "most", "too_large"} of a Rendering, for the screens."""
    return {
        "kilobytes": max(1, rendering.size // 1000),
        "most": MOST_BYTES // 1000,
        "too_large": rendering.is_too_large,
    }


def mail_response(request, rendering, look):
    """Return the HTML of `rendering` for a frame: no script runs in it, links open in a tab, and the colours are fixed.

    A mail brings its styles with it, which the policy of the admin's pages allows; that of this one allows no more.
    """
    html = without_marks(rendering.html) if rendering else ""
    html = html.replace(DARK_QUERY, "all" if look["dark"] else "not all")
    html = html.replace("color-scheme:light dark", f"color-scheme:{'dark' if look['dark'] else 'light'}")
    html = html.replace("<title>", '<base target="_blank"><title>', 1)
    response = HttpResponse(html)
    # Pictures come from where this site is reached now, which on a trial server is not its public address.
    here = f"{request.scheme}://{request.get_host()}"
    response.content = response.content.replace(f'src="{settings.SITE_URL}/'.encode(), f'src="{here}/'.encode())
    pictures = here if look["pictures"] else "'none'"
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src {pictures}; frame-ancestors 'self'; "
        "sandbox allow-popups allow-popups-to-escape-sandbox"
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
