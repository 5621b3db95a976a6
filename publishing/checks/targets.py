"""Where an address leads: to this site, to a machine that the public cannot reach, or out into the world."""

import ipaddress
from dataclasses import dataclass
from enum import Enum
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings


class Kind(Enum):
    """What kind of place an address names."""

    HERE = "a page or file of this site"
    STAFF = "this site's screens for staff"
    UNREACHABLE = "a machine or network that the public cannot reach"
    ELSEWHERE = "another site, a phone, a mailbox, or a place in the same page"
    MALFORMED = "no address at all"


@dataclass(frozen=True)
class Target:
    """`path` and `query` are set for HERE and STAFF. `parts` are those of the address as it was written."""

    kind: Kind
    parts: SplitResult
    path: str = ""
    query: str = ""


def target_of(href, address="/"):
    """Return the Target of `href` as it stands in the page at `address`, a path of this site."""
    try:
        parts = urlsplit(href.strip())
        host = (parts.hostname or "").lower()
        _port = parts.port
    except ValueError:  # an unclosed "[", a port that is no number
        return Target(Kind.MALFORMED, urlsplit(""))
    if parts.scheme not in ("", "http", "https"):
        return Target(Kind.ELSEWHERE, parts)
    if parts.netloc or parts.scheme:
        if not host:
            return Target(Kind.MALFORMED, parts)
        if not _is_own(host):
            return Target(Kind.UNREACHABLE if _is_unreachable(host) else Kind.ELSEWHERE, parts)
        path, query = parts.path or "/", parts.query
        kind = Kind.UNREACHABLE if _is_unreachable(host) else Kind.HERE
    else:
        if not (parts.path or parts.query):
            return Target(Kind.ELSEWHERE, parts)
        joined = urlsplit(urljoin(address, parts._replace(fragment="").geturl()))
        path, query, kind = joined.path, joined.query, Kind.HERE
    if _is_for_staff(path):
        kind = Kind.STAFF
    return Target(kind, parts, path, query)


def _is_own(host):
    own = (urlsplit(settings.SITE_URL).hostname or "").lower()
    return host.removeprefix("www.") == own.removeprefix("www.")


def _is_unreachable(host):
    """Return whether only this computer, or only the hospital's own network, knows `host`."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        ends = host.rstrip(".").rpartition(".")[2]
        return "." not in host.rstrip(".") or ends in {"localhost", "local", "internal", "intranet", "lan", "corp"}


def _is_for_staff(path):
    return f"{path}/".startswith("/admin/")
