"""A calendar is fetched from the open internet alone."""

import socket

import pytest
from django.core.exceptions import ValidationError

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
