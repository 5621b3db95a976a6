"""The guide for integration engineers: its numbers are right, and its programs are taken by a real server."""

import json
import re
import shutil
import socket
import subprocess
import sys

import pytest

from deploy.bootstrap import ROOT
from ertimes.api import bodies, forms
from ertimes.signatures import sign
from tests.live_site import LiveSite

TEXT = (ROOT / "docs" / "er-feed.md").read_text()
EXAMPLE = ROOT / "docs" / "examples" / "send_reading.py"
BLOCKS = re.findall(r"^ *```(\w*)\n(.*?)^ *```$", TEXT, re.MULTILINE | re.DOTALL)
MAKE_KEY = """
from ertimes.models import EmergencyDepartment
from ertimes.feed_keys import issue_key
from directory.models import Location
from django.utils import timezone
location = Location.objects.create(name="Campus", slug="campus")
department = EmergencyDepartment.objects.create(
    name="Backus", slug="backus", location=location, published_at=timezone.now(), start_event="arrival",
    end_event="being seen", window_minutes=60)
key, secret = issue_key(department, "Interface engine", None)
print("made", key.key_id, secret)
"""


def block(beginning):
    """Return the one block of the guide that begins so."""
    [found] = [text for _language, text in BLOCKS if text.startswith(beginning)]
    return found


def test_the_worked_example_is_right():
    secret = block("c2a7").strip()
    body = block('{"event_id":"example-1"').removesuffix("\n").encode()

    header = block("ER-Signature: ").strip()

    assert f"this body of {len(body)} bytes" in TEXT
    assert header == f"ER-Signature: {sign(secret, '1772470800', body)}"


def test_the_messages_are_json_with_fields_that_there_are():
    messages = [json.loads(text) for language, text in BLOCKS if language == "json"]

    rows = [row for message in messages for row in [*message.get("readings", []), *message.get("visits", [])]]
    known = set(forms.ReadingForm().fields) | set(forms.VisitForm().fields)
    assert len(messages) == 4
    assert {name for row in rows for name in row} <= known
    for name in known - {"cancelled"}:
        assert f"`{name}`" in TEXT


def test_the_limits_are_those_of_the_code():
    for limit in (
        f"1 to {forms.MOST_READINGS} of them",
        f"0 to {forms.MOST_VISITS} of them",
        f"({bodies.MOST_BYTES:,} bytes)",
        f"more than {bodies.DEEPEST} levels",
    ):
        assert limit in TEXT


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with LiveSite(tmp_path_factory.mktemp("feed"), content=False) as site:
        yield site


@pytest.fixture(scope="module")
def key(site):
    """Return {"ER_KEY": …, "ER_SECRET": …} of a department called backus."""
    _, key_id, secret = re.search(r"(made) (\S+) (\S+)", site.manage("shell", "-c", MAKE_KEY)).groups()
    return {"ER_KEY": key_id, "ER_SECRET": secret}


@pytest.fixture(scope="module")
def address(site):
    return f"{site.address}/api/er/backus/readings/"


@pytest.mark.either_database
def test_the_example_program_sends_a_wait(site, key, address):
    command = [sys.executable, str(EXAMPLE), address, "25"]

    done = subprocess.run(command, env=key, capture_output=True, text=True, timeout=60)
    refused = subprocess.run(command, env={**key, "ER_SECRET": "0" * 64}, capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stderr) == (0, "")
    assert (json.loads(done.stdout)["stored"], json.loads(done.stdout)["refused"]) == (1, [])
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("401 ")


@pytest.mark.either_database
@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("openssl")), reason="curl or openssl is missing")
def test_the_shell_example_sends_a_wait(site, key, address):
    own = {"ADDRESS": address, **key}
    script = re.sub(r"^(ADDRESS|ER_KEY|ER_SECRET)=.*$", lambda m: f"{m[1]}={own[m[1]]}", block("ADDRESS="), flags=re.M)

    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=60)

    assert done.stderr == ""
    assert (json.loads(done.stdout)["stored"], json.loads(done.stdout)["refused"]) == (1, [])


def answer_to(site, head, body=b""):
    """Send raw bytes to the server and return the status of its answer."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=60) as connection:
        connection.sendall(
            f"POST /api/er/backus/readings/ HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}\r\n\r\n".encode() + body
        )
        return int(connection.recv(1000).split()[1])


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("head", "body", "status"),
    [
        pytest.param("Content-Length: 2", b"{}", 401, id="unsigned"),
        pytest.param("Transfer-Encoding: chunked", b"2\r\n{}\r\n0\r\n\r\n", 411, id="in-chunks"),
        pytest.param("Content-Length: 10485760", b"", 413, id="10-MB-announced"),
        pytest.param("Content-Length: 10485760", b" " * 100_000, 413, id="10-MB-begun"),
        pytest.param("Transfer-Encoding: chunked", b"fffff\r\n" + b" " * 100_000, 411, id="chunks-without-end"),
        pytest.param("Content-Encoding: gzip\r\nContent-Length: 2", b"\x1f\x8b", 415, id="packed"),
    ],
)
def test_a_real_server_refuses_what_is_too_much_before_it_has_come(site, head, body, status):
    head = f"Content-Type: application/json\r\nConnection: close\r\n{head}"

    assert answer_to(site, head, body) == status
