"""The addresses that stand in a mail: it has no site of its own, so each is written in full."""

from urllib.parse import urljoin, urlsplit

from django.conf import settings

SCHEMES = {"http", "https", "mailto", "tel", "sms"}


def absolute_address(href, path="/"):
    """Return `href`, as it stands on the page at `path`, in full; "" for what is no address that a mail may hold."""
    try:
        full = urljoin(f"{settings.SITE_URL}{path}", href.strip())
        scheme = urlsplit(full).scheme
    except ValueError:  # an unclosed "["
        return ""
    if scheme not in SCHEMES or any(char.isspace() or ord(char) < 32 for char in full):
        return ""
    return full
