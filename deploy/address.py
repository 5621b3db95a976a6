"""The address that the site is to listen on, checked before anything is set up for it."""

import errno
import socket
from collections import namedtuple

from deploy.setup_error import SetupError

# What to listen on where every interface is meant, and where we then reach it ourselves.
LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - a look-up, nothing is bound here


class Address(namedtuple("Address", "host port")):
    @property
    def reachable_host(self):
        return LOOPBACK.get(self.host, self.host)

    @property
    def url(self):
        host = self.reachable_host
        return "http://{}:{}".format("[{}]".format(host) if ":" in host else host, self.port)


def read(environ):
    """Return the Address that HOST and PORT name; an empty variable counts as none."""
    host = environ.get("HOST", "").strip() or "127.0.0.1"
    port = environ.get("PORT", "").strip() or "8000"
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise SetupError("PORT has to be a number from 1 to 65535, not {!r}.".format(port))
    return Address(host, int(port))


def check_free(address):
    """Listen on `address` for a moment, since the server's own message would come late and long."""
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the server does: a port whose last connections are still closing counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(target)
            probe.listen()
    except (socket.gaierror, UnicodeError):
        raise SetupError("HOST={} is not a name or address that can be listened on.".format(address.host)) from None
    except OSError as error:
        raise SetupError(_refusal(address, error)) from None


def _refusal(address, error):
    if error.errno == errno.EADDRINUSE:
        return "port {} on {} is taken by another program. Take another one: make run PORT={}".format(
            address.port, address.host, address.port + 1 if address.port < 65535 else 8000
        )
    if error.errno == errno.EACCES:
        return "port {} is open to root alone. Take one above 1023: make run PORT=8000".format(address.port)
    if error.errno == errno.EADDRNOTAVAIL:
        return "HOST={} is not an address of this machine.".format(address.host)
    return "{} port {} cannot be listened on: {}.".format(address.host, address.port, error.strerror)


def answers(address, path="/healthz"):
    """Tell whether `path` answers 200 now."""
    # By hand: http.client takes longer to import than the question takes to ask.
    request = "GET {} HTTP/1.0\r\nHost: {}\r\nConnection: close\r\n\r\n".format(path, address.url[len("http://") :])
    try:
        with socket.create_connection((address.reachable_host, address.port), timeout=5) as connection:
            connection.sendall(request.encode())
            return connection.makefile("rb").readline().split()[1:2] == [b"200"]
    except OSError:
        return False
