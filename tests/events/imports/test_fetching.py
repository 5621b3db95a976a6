"""A calendar is fetched from the open internet alone."""

import socket
import threading
import time

import pytest
from django.core.exceptions import ValidationError

from events.imports import fetching
from events.imports.fetching import checked, fetch, public_address


def told(call, *arguments):
    with pytest.raises(ValidationError) as caught:
        call(*arguments)
    return caught.value.messages[0]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://example.org/a.ics",
            "ftp://example.org/",
            "file:///etc/passwd",
            "https://",
            "https://example.org:8443/",
        ),
        *("https://user@example.org/", "https://example.org:port/", "javascript:alert(1)", "", "https://[::1", "x y"),
    ],
)
def test_other_addresses_are_refused(address):
    with pytest.raises(ValidationError):
        checked(address)


def test_a_subscription_is_a_web_address():
    assert checked("webcal://example.org/a.ics").geturl() == "https://example.org/a.ics"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.0.0.8",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "100.64.0.1",
        "64:ff9b::a00:8",
        "64:ff9b:1::a00:8",
        "2002:a00:8::1",
        "2001:0:a00:8::1",
        "::10.0.0.8",
        "::ffff:0:10.0.0.8",
        "fec0::1",
    ],
)
def test_the_hospitals_own_network_is_refused(host):
    assert told(public_address, host) == f"“{host}” is not on the open internet."


def test_a_name_that_leads_inside_is_refused(monkeypatch):
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.216.34", "10.0.0.8")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: inside)

    assert told(fetch, "https://example.org/a.ics") == "“example.org” is not on the open internet."


def test_a_name_that_nobody_has_is_told(monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    assert told(fetch, "https://example.org/a.ics") == "There is no site “example.org”."


@pytest.fixture
def other_site(monkeypatch):
    """Return a function that lets a site here answer with `pieces` of bytes, `pause` seconds between, in the clear."""
    listening = socket.create_server(("127.0.0.1", 0))
    ended, answering = threading.Event(), []
    monkeypatch.setattr(fetching, "PORT", listening.getsockname()[1])
    monkeypatch.setattr(fetching, "public_address", lambda host: "127.0.0.1")
    monkeypatch.setattr(fetching._PinnedConnection, "_secured", lambda self, plain: plain)
    monkeypatch.setattr(fetching, "PATIENCE", 0.6)

    def answers(pieces, pause=0.0):
        def answer():
            line, _address = listening.accept()
            with line:
                line.recv(4096)
                for piece in pieces:
                    if ended.wait(pause):
                        return
                    try:
                        line.sendall(piece)
                    except OSError:
                        return

        answering.append(threading.Thread(target=answer, daemon=True))
        answering[-1].start()

    yield answers
    ended.set()
    for each in answering:
        each.join(5)
    listening.close()


def drops(text):
    return [bytes([byte]) for byte in text * 20]


def test_what_another_site_sends_is_returned(other_site):
    other_site([b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nBEGIN:", b"VCALENDAR"])

    assert fetch("https://example.org/a.ics") == b"BEGIN:VCALENDAR"


@pytest.mark.parametrize(
    "pieces",
    [
        [b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", *drops(b"BEGIN:VCALENDAR")],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", *drops(b"BEGIN:VCALENDAR")],
        drops(b"HTTP/1.1 200 OK"),
        [b"HTTP/1.1 200 OK\r\n", *drops(b"X-Slow: yes\r\n")],
    ],
)
def test_a_site_that_drips_is_given_up(other_site, pieces):
    other_site(pieces, pause=0.05)
    began = time.monotonic()

    assert told(fetch, "https://example.org/a.ics") == "The other site is too slow: it was given up after 10 seconds."
    assert time.monotonic() - began < 3
