import socket

import pytest

from deploy import address
from deploy.address import Address
from deploy.setup_error import SetupError


@pytest.fixture
def listener():
    """A socket that somebody else listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener


def test_address_is_local_where_nothing_is_said():
    assert address.read({}) == Address("127.0.0.1", 8000)


def test_empty_variables_count_as_none():
    assert address.read({"HOST": "", "PORT": " "}) == Address("127.0.0.1", 8000)


def test_host_and_port_are_honoured():
    assert address.read({"HOST": "0.0.0.0", "PORT": "9000"}) == Address("0.0.0.0", 9000)


@pytest.mark.parametrize("port", ["abc", "0", "-1", "65536", "80.5", "٣", "8000;ls"])
def test_port_that_is_none_is_refused_in_one_line(port):
    with pytest.raises(SetupError) as refusal:
        address.read({"PORT": port})

    assert str(refusal.value) == f"PORT has to be a number from 1 to 65535, not {port!r}."


@pytest.mark.parametrize(
    ("host", "url"),
    [
        pytest.param("127.0.0.1", "http://127.0.0.1:8000", id="as-it-is"),
        pytest.param("0.0.0.0", "http://127.0.0.1:8000", id="every-interface"),
        pytest.param("::", "http://[::1]:8000", id="every-interface-ipv6"),
    ],
)
def test_url_leads_where_a_browser_on_this_machine_gets_through(host, url):
    assert Address(host, 8000).url == url


def test_free_port_is_accepted(listener):
    port = listener.getsockname()[1]
    listener.close()

    address.check_free(Address("127.0.0.1", port))


def test_taken_port_is_named_with_the_next_one(listener):
    port = listener.getsockname()[1]

    with pytest.raises(SetupError) as refusal:
        address.check_free(Address("127.0.0.1", port))

    assert str(refusal.value) == (
        f"port {port} on 127.0.0.1 is taken by another program. Take another one: make run PORT={port + 1}"
    )


@pytest.mark.parametrize(
    ("host", "message"),
    [
        # 192.0.2.0/24 is for examples: no machine has it.
        pytest.param("192.0.2.1", "HOST=192.0.2.1 is not an address of this machine.", id="another-machine"),
        pytest.param("a..b", "HOST=a..b is not a name or address that can be listened on.", id="no-name"),
    ],
)
def test_host_that_cannot_be_listened_on_is_named(host, message):
    with pytest.raises(SetupError) as refusal:
        address.check_free(Address(host, 8000))

    assert str(refusal.value) == message


def test_nobody_answers_where_nobody_listens(listener):
    port = listener.getsockname()[1]
    listener.close()

    assert address.answers(Address("127.0.0.1", port)) is False
