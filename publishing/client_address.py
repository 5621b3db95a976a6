"""From which network address a request comes. Never stored or logged as it is: `sender_of` gives a keyed hash."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.utils.crypto import salted_hmac


def client_address(request):
    """Return the visitor's address as an IPv4Address or IPv6Address, None where it is not known.

    Behind a proxy the connection comes from the proxy, so the header named by CLIENT_ADDRESS_HEADER is asked,
    which the proxy must set itself. A connection from this machine without that header is a proxy that was
    not set up for it: then nothing is known, rather than one address for everybody.
    """
    if settings.CLIENT_ADDRESS_HEADER:
        # Where proxies append, the last is the one that our own proxy saw.
        told = _parsed(request.headers.get(settings.CLIENT_ADDRESS_HEADER, "").rpartition(",")[2])
        if told is not None:
            return told
    address = _parsed(request.META.get("REMOTE_ADDR", ""))
    return None if address is None or address.is_loopback else address


def sender_of(request, *, purpose):
    """Return a keyed hash (64 hexadecimal digits) of the visitor's address; "" where it is not known.

    `purpose` keeps the hashes of different uses apart. Of IPv6 the network of one household counts, since
    each device may change the rest at will.
    """
    address = client_address(request)
    if address is None:
        return ""
    if address.version == 6:
        address = ip_network((address, 64), strict=False)
    return salted_hmac(f"sender:{purpose}", str(address), algorithm="sha256").hexdigest()


def _parsed(text):
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
