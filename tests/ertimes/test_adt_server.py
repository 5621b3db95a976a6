import asyncio
import contextlib
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils.html import strip_tags
from hypothesis import given, settings
from hypothesis import strategies as st

from ertimes.adt.frames import END, framed
from ertimes.adt.server import Limits, Listener
from ertimes.models import Visit, WaitTimeReading
from tests.ertimes.adt import PRIVATE, adt, mapping
from tests.factories import create_department

PROJECT = Path(__file__).parents[2]
EXAMPLES = PROJECT / "docs" / "examples"
SOON = timedelta(milliseconds=150)
NO_MESSAGE = b"MSH|^~\\&|\r"  # is refused without asking the database


@contextlib.contextmanager
def listening(*, measure_every=timedelta(hours=1), threads=None, **limits):
    """Run a Listener in a thread of its own, and yield its port."""
    listener = Listener(mapping(), measure_every=measure_every, threads=threads, limits=Limits(**limits))
    ports, loops = queue.Queue(), queue.Queue()

    async def run():
        ended = asyncio.Event()
        loops.put((asyncio.get_running_loop(), ended))
        await listener.listen("127.0.0.1", 0, ended=ended, ready=ports.put)

    thread = threading.Thread(target=asyncio.run, args=[run()])
    thread.start()
    loop, ended = loops.get(timeout=60)
    try:
        yield ports.get(timeout=60)
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=60)


def answers(peer, number):
    """Return what MSA says in the next `number` answers, and nothing more for a connection that is closed."""
    received = b""
    while received.count(END) < number and (data := peer.recv(4096)):
        received += data
    return [answer.decode().split("\rMSA|")[1].split("\r")[0] for answer in received.split(END)[:-1]]


def is_closed(peer):
    """Return whether the other end closes the connection."""
    try:
        return peer.recv(1) == b""
    except ConnectionError:
        return True


def ago(minutes):
    return (datetime.now(UTC) - timedelta(minutes=minutes)).strftime("%Y%m%d%H%M%S+0000")


def visit(number, *, arrived, seen, **fields):
    """Return the two messages of a visit; `arrived` and `seen` are minutes ago."""
    told = {"visit": f"V{number}", "arrived": ago(arrived), "sent": ago(0), **fields}
    return [
        adt("A04", control_id=f"{number}a", **told),
        adt("A08", control_id=f"{number}b", seen=ago(seen), **told),
    ]


def threads_on(connection):
    """Return one thread that uses the test's own `connection`, as SQLite's database is in the memory of one."""
    connection.inc_thread_sharing()
    return ThreadPoolExecutor(1, initializer=lambda: connections.__setitem__("default", connection))


@pytest.mark.django_db(transaction=True)
def test_a_hospitals_messages_move_the_board(client):
    create_department(slug="norwich", name="Norwich", smallest_sample=2, position=1)
    create_department(slug="plainfield", name="Plainfield", smallest_sample=1, position=2)
    first, second = visit(1, arrived=40, seen=10), visit(2, arrived=25, seen=5)

    with listening(threads=threads_on(connections["default"])) as port:
        with connect(port) as one, connect(port) as other, connect(port) as garbage, connect(port) as broken:
            garbage.sendall(b"GET / HTTP/1.1\r\n\r\n")
            broken.sendall(framed(first[0])[:50])
            broken.close()
            in_pieces = framed(first[0])
            for begin in range(0, len(in_pieces), 100):
                one.sendall(in_pieces[begin : begin + 100])
            answered = answers(one, 1)
            other.sendall(framed(second[1]) + framed(second[0]))  # shuffled, in one piece
            answered += answers(other, 2)
            one.sendall(framed(adt(arrived="x", control_id="bad")))
            answered += answers(one, 1)
            one.sendall(framed(first[1]) + framed(first[1]))  # twice
            answered += answers(one, 2)
            assert is_closed(garbage)
        sender = [sys.executable, EXAMPLES / "send_adt.py", "--port", str(port), "--point-of-care", "PED"]
        sent = subprocess.run(sender, capture_output=True, timeout=60, text=True)

    assert answered == ["AA|1a", "AA|2b", "AA|2a", "AE|bad|PV1-44: is not a time", "AA|1b", "AA|1b"]
    assert (sent.returncode, sent.stdout.count("\nMSA|AA|")) == (0, 2), sent.stdout + sent.stderr
    assert Visit.objects.count() == 3
    readings = WaitTimeReading.objects.order_by("department__position")
    assert [(reading.minutes, reading.sample_size) for reading in readings] == [(25, 2), (20, 1)]
    assert {"25", "20"} <= set(re.findall(r"\b\d+\b", strip_tags(client.get("/er/").text)))
    waits = client.get("/er/wait-times.json").json()["departments"]
    assert [wait["wait_minutes"] for wait in waits] == [25, 20]


@pytest.mark.either_database
def test_the_process_survives_its_database_and_ends_when_it_is_told(tmp_path):
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "manage.py", "listen_adt", "--mapping", EXAMPLES / "adt-mapping.toml", "--port", "0"]
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env={**environ, "DATA_DIR": str(tmp_path)},  # its database has no tables
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        log = []
        while not log or ", port " not in log[-1]:
            log.append(process.stderr.readline())
        with connect(int(log[-1].split(", port ")[1])) as peer:
            for message in visit(1, arrived=40, seen=10):
                peer.sendall(framed(message))
            answered = answers(peer, 2)
            process.send_signal(signal.SIGTERM)
            closed = is_closed(peer)
        log.append(process.communicate(timeout=60)[1])
    finally:
        process.kill()

    log = "".join(log)
    assert process.returncode == 0
    assert answered == [f"AE|{number}|The message was not stored. Send it again." for number in ("1a", "1b")]
    assert closed
    assert "were not looked up: OperationalError" in log
    assert log.count("An ADT message was not stored: OperationalError") == 2  # the second is counted
    assert [word for word in PRIVATE if word in log] == []


def test_a_peer_that_says_nothing_is_closed():
    with listening(idle=SOON) as port, connect(port) as quiet:
        assert is_closed(quiet)


def is_closed_while_it_drips(peer, drop):
    try:
        for _ in range(100):
            time.sleep(0.03)
            peer.sendall(drop)
    except ConnectionError:
        return True
    return False


@pytest.mark.parametrize(("beginning", "drop"), [(b"", b"\r"), (b"\x0b", b"M")], ids=["line ends", "a message"])
def test_what_comes_by_drops_puts_nothing_off(beginning, drop):
    with listening(idle=SOON, message=SOON) as port, connect(port) as slow:
        slow.sendall(beginning)

        assert is_closed_while_it_drips(slow, drop)


def test_a_peer_that_stops_in_the_middle_of_a_message_is_closed():
    with listening(message=SOON) as port, connect(port) as slow:
        slow.sendall(framed(NO_MESSAGE) + b"\x0bMSH")

        assert answers(slow, 2) == ["AR||MSH-10: is missing"]


def test_a_message_that_is_too_long_is_answered_and_the_peer_closed():
    with listening(message_bytes=2000) as port, connect(port) as peer:
        peer.sendall(framed(adt(control_id="long", more=["OBX|" + "x" * 3000])))

        assert answers(peer, 2) == ["AR|long|A message is too long."]


def test_more_peers_than_may_be_are_sent_away_and_the_first_are_answered():
    with listening(connections=2) as port, connect(port) as one, connect(port) as two:
        one.sendall(framed(NO_MESSAGE))
        answered = answers(one, 1)
        with connect(port) as three:
            assert is_closed(three)
        two.sendall(framed(NO_MESSAGE))

        assert answered + answers(two, 1) == ["AR||MSH-10: is missing"] * 2


def test_a_peer_that_does_not_read_its_answers_is_closed_and_the_others_are_answered():
    long_answer = framed(b"MSH|^~\\&" + (b"|" + b"x" * 200) * 5 + b"\r") * 500
    with listening(answer=SOON) as port, socket.socket() as deaf, connect(port) as peer:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.settimeout(60)
        deaf.connect(("127.0.0.1", port))
        with contextlib.suppress(ConnectionError):
            while True:
                deaf.sendall(long_answer)
        peer.sendall(framed(NO_MESSAGE))

        assert answers(peer, 1) == ["AR||MSH-10: is missing"]


def test_whatever_is_sent_nothing_is_accepted_and_the_next_is_answered():
    @settings(max_examples=30)
    @given(st.lists(st.binary(max_size=60) | st.binary(max_size=60).map(framed), max_size=3))
    def send(pieces):
        with connect(port) as peer, contextlib.suppress(OSError):  # it may be closed before all is sent
            for piece in pieces:
                peer.sendall(piece)
            peer.shutdown(socket.SHUT_WR)
            assert b"MSA|AA" not in b"".join(iter(lambda: peer.recv(4096), b""))

    with listening() as port, connect(port) as patient:
        send()
        patient.sendall(framed(NO_MESSAGE))

        assert answers(patient, 1) == ["AR||MSH-10: is missing"]


class BusyThread(ThreadPoolExecutor):
    """One thread that has other things to do until it is `free`."""

    def __init__(self):
        super().__init__(1)
        self.free, self.asked = threading.Event(), threading.Event()
        super().submit(self.free.wait)

    def submit(self, *arguments):
        self.asked.set()
        return super().submit(*arguments)


def test_a_message_in_work_is_answered_when_the_listener_ends():
    threads = BusyThread()
    with listening(threads=threads) as port:
        peer, idle = connect(port), connect(port)
        peer.sendall(framed(NO_MESSAGE))
        assert threads.asked.wait(timeout=60)
        threading.Timer(0.1, threads.free.set).start()

    with peer, idle:
        assert answers(peer, 2) == ["AR||MSH-10: is missing"]
        assert is_closed(idle)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--mapping", "/nowhere.toml"], "/nowhere.toml: It cannot be read: No such file or directory."),
        (["--tls-key", "key.pem"], "--tls-key and --tls-client-ca need --tls-cert."),
        (["--tls-cert", "/nowhere.pem"], "The TLS files cannot be used: No such file or directory."),
    ],
)
def test_what_the_command_cannot_start_with_is_told(options, told):
    with pytest.raises(CommandError) as error:
        call_command("listen_adt", "--mapping", str(EXAMPLES / "adt-mapping.toml"), *options)

    assert str(error.value) == told
