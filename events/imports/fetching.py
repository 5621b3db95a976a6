"""A calendar fetched from an address that somebody entered: only from the open internet, and not for long."""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .lines import MOST_BYTES

PATIENCE = 10  # seconds, for all of it but the name's look-up
PORT = 443
MOST_REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
# Networks that carry an address of another network inside, or lead to one: what stands behind cannot be judged.
_LEADING_ELSEWHERE = [
    ipaddress.ip_network(network)
    for network in (
        *("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16"),
        *("fec0::/10", "192.88.99.0/24"),
    )
]


class _PinnedConnection(http.client.HTTPSConnection):
    """Speaks with the one network address that was looked at: a second look-up could name another machine.

    At `ends_at` (by time.monotonic) the line is cut, whatever comes through it: a timeout of the socket begins
    anew with each byte. It has to be hung up.
    """

    def __init__(self, host, address, ends_at):
        super().__init__(host, PORT, timeout=_left(ends_at), context=ssl.create_default_context())
        self._address, self._ends_at = address, ends_at
        self._line = self._watch = None

    def connect(self):
        plain = socket.create_connection((self._address, PORT), _left(self._ends_at))
        self._line = plain.dup()  # `sock` is given away as soon as the answer begins
        self._watch = threading.Timer(_left(self._ends_at), self._cut)
        self._watch.daemon = True
        self._watch.start()
        self.sock = self._secured(plain)

    def hang_up(self):
        self.close()
        if self._watch is not None:
            self._watch.cancel()
            self._watch.join()
        if self._line is not None:
            self._line.close()

    def _secured(self, plain):
        return self._context.wrap_socket(plain, server_hostname=self.host)

    def _cut(self):
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)


def fetch(address):
    """Return the bytes at `address`. Raises ValidationError, with what to do, where that cannot or must not be."""
    ends_at = time.monotonic() + PATIENCE
    for _hop in range(MOST_REDIRECTS + 1):
        parts = checked(address)
        try:
            status, moved_to, data = _get(parts, public_address(parts.hostname), ends_at)
        except (OSError, http.client.HTTPException) as error:
            _left(ends_at)
            raise ValidationError(_("The calendar could not be fetched: the other site does not answer.")) from error
        if status in _MOVED and moved_to:
            address = urljoin(parts.geturl(), moved_to)
            continue
        if status != 200:
            raise ValidationError(_("The other site answered with the error %(status)d.") % {"status": status})
        return data
    raise ValidationError(_("The other site sends from one address to the next without an end."))


def checked(address):
    """Return the parts of `address`. Raises ValidationError for anything but an https address on the usual port."""
    address = address.strip()
    if address.lower().startswith("webcal://"):
        address = f"https{address[6:]}"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise ValidationError(_("This is no web address.")) from error
    if parts.scheme != "https" or not parts.hostname or port not in (None, 443) or parts.username:
        raise ValidationError(_("Give an address that begins with https:// and has no port and no name before it."))
    if any(not char.isprintable() or char.isspace() for char in address):
        raise ValidationError(_("This is no web address."))
    return parts


def public_address(host):
    """Return a network address of `host`. Raises ValidationError where one of them is not on the open internet."""
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ValidationError(_("There is no site “%(host)s”.") % {"host": host[:80]}) from error
    addresses = [target[4][0] for target in found]
    for address in addresses:
        ip = ipaddress.ip_address(address.partition("%")[0])
        ip = getattr(ip, "ipv4_mapped", None) or ip
        elsewhere = any(ip in network for network in _LEADING_ELSEWHERE)
        if elsewhere or not ip.is_global or ip.is_multicast:
            raise ValidationError(_("“%(host)s” is not on the open internet.") % {"host": host[:80]})
    return addresses[0]


def _get(parts, address, ends_at):
    connection = _PinnedConnection(parts.hostname, address, ends_at)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path.encode("ascii", "ignore").decode(), headers={"Accept": "text/calendar, */*"})
        with connection.getresponse() as answer:
            data = b""
            while chunk := answer.read1(65536):
                data += chunk
                if len(data) > MOST_BYTES:
                    raise ValidationError(_("The calendar is larger than 5 MB."))
                _left(ends_at)
            _left(ends_at)  # what was cut looks like an end
            return answer.status, answer.headers.get("Location", ""), data
    finally:
        connection.hang_up()


def _left(ends_at):
    left = ends_at - time.monotonic()
    if left <= 0:
        raise ValidationError(_("The other site is too slow: it was given up after 10 seconds."))
    return left
