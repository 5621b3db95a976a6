"""Links that lead over somebody who notes the click first: what mail filters and portals make of a link.

A wrapped link works only as long as the company keeps it, tells it who follows it, and hides from the
reader where it leads.
"""

import base64
import binascii
import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

# Which parameter of the query holds the address, by the end of the host's name and the path's beginning.
_BY_QUERY = (
    (re.compile(r"(?:^|\.)safelinks\.protection\.(?:outlook|office365)\.(?:com|us)$"), "/", ("url",)),
    (re.compile(r"(?:^|\.)google\.[a-z.]{2,6}$"), "/url", ("q", "url")),
    (re.compile(r"^(?:l|lm)\.(?:facebook|instagram|messenger)\.com$|^(?:www\.)?facebook\.com$"), "/l.php", ("u",)),
    (re.compile(r"^l\.instagram\.com$"), "/", ("u",)),
    (re.compile(r"^linkprotect\.cudasvc\.com$"), "/url", ("a",)),
    (re.compile(r"^urldefense\.proofpoint\.com$"), "/v1/url", ("u",)),
)
# These keep the address to themselves.
_SEALED = re.compile(
    r"^(?:protect(?:-[a-z]{2})?|url(?:\.[a-z]{2})?)\.m(?:imecastprotect|imecast)\.com$"
    r"|^(?:[a-z]{2,3}-)?(?:protect|api\.services)(?:-[a-z]{2})?\.mimecast\.com$"
    r"|(?:^|\.)list-manage\.com$|(?:^|\.)ct\.sendgrid\.net$"
)
_PROOFPOINT = {"urldefense.com", "urldefense.us", "urldefense.proofpoint.com"}
_V3 = re.compile(r"/v3/__(?P<address>.+?)__;(?P<signs>[\w=-]*)!")
_RUN_LENGTHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_NOTING = re.compile(r"utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|igshid|_hsenc|_hsmi|mkt_tok", re.IGNORECASE)
DEEPEST = 5  # wrapped by the sender's filter, then by the receiver's


def is_wrapped(address):
    """Return whether `address` (str) leads over a known mail filter or portal."""
    parts = _split(address)
    if parts is None or parts.scheme not in ("http", "https"):
        return False
    return bool(_SEALED.search(parts.hostname or "")) or _inner(address, parts) is not None


def unwrapped(address):
    """Return the address inside a wrapped one, or "" where it cannot be told; an unwrapped one as it is."""
    for _again in range(DEEPEST):
        if not is_wrapped(address):
            return address if (_split(address) or urlsplit("")).scheme in ("http", "https", "mailto") else ""
        address = _inner(address, _split(address)) or ""
    return ""


def noting_parameters(address):
    """Return the names of the parameters that only tell where a click came from: utm_source, fbclid."""
    parts = _split(address)
    names = [name for name, value in _query(parts)] if parts else []
    return [name for name in names if _NOTING.fullmatch(name)]


def without_noting_parameters(address):
    """Return `address` without these parameters."""
    parts = _split(address)
    kept = [(name, value) for name, value in _query(parts) if not _NOTING.fullmatch(name)]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _split(address):
    try:
        parts = urlsplit(address.strip())
        _ = parts.hostname, parts.port  # they raise only when they are asked for
    except ValueError:
        return None
    return parts


def _query(parts):
    try:
        return parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:  # more than anybody writes
        return []


def _inner(address, parts):
    """Return the address inside, or None where this is no wrapped link or it cannot be read."""
    host = (parts.hostname or "").lower()
    for pattern, path, names in _BY_QUERY:
        if pattern.search(host) and parts.path.startswith(path):
            query = dict(reversed(_query(parts)))
            return next((query[name] for name in names if _looks_like_address(query.get(name, ""))), None)
    if host in _PROOFPOINT:
        if parts.path.startswith("/v2/url"):
            coded = dict(_query(parts)).get("u", "")
            return unquote(coded.replace("_", "/").replace("-", "%")) or None
        if match := _V3.search(address):
            return _from_v3(match["address"], match["signs"])
    if host == "secure-web.cisco.com":
        coded = parts.path.rpartition("/")[2]
        return unquote(coded) if _looks_like_address(unquote(coded)) else None
    return None


def _looks_like_address(text):
    return text.startswith(("http://", "https://", "mailto:"))


def _from_v3(address, signs):
    """Return the address with its special signs put back: `*` stands for one of them, `**X` for a run."""
    try:
        put_back = iter(base64.urlsafe_b64decode(signs + "=" * (-len(signs) % 4)).decode("utf-8"))
    except (binascii.Error, UnicodeDecodeError):
        return None

    def restored(match):
        length = _RUN_LENGTHS.index(match[1]) + 2 if match[1] else 1
        return "".join(next(put_back, "") for _number in range(length))

    address = re.sub(r"\*(?:\*([\w-]))?", restored, address, flags=re.ASCII)
    return re.sub(r"^(https?:/)(?=[^/])", r"\1/", address)
