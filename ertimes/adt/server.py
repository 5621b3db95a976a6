"""Listens for ADT messages: asyncio for the connections, a few threads for the database.

Each connection is answered message by message, in order. One that sends something else than MLLP, stops in the
middle of a message, does not read its answers or says nothing for long is closed; the others notice nothing.
"""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from django.db import close_old_connections
from django.utils import timezone

from .acks import refuse
from .frames import Frames, FramingError, TooLongError, framed
from .intake import measure, take_message
from .messages import read_header
from .refusal import not_taken_here
from .troubles import Troubles

THREADS = 4
AT_ONCE = 65_536  # bytes that are read at once
UNREAD = 65_536  # bytes of answers that may wait in the system for a peer to read them
KEEPALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}  # so that a peer that is gone is noticed


@dataclass(frozen=True)
class Limits:
    """What one may ask of the listener."""

    message_bytes: int = 1_000_000
    connections: int = 20
    idle: timedelta = timedelta(hours=1)  # between two messages; a quiet night is no fault, and senders come again
    message: timedelta = timedelta(seconds=30)  # from its first byte to its last
    answer: timedelta = timedelta(seconds=30)  # until the peer has read it
    handshake: timedelta = timedelta(seconds=10)  # TLS
    farewell: timedelta = timedelta(seconds=10)  # that messages in work have, when the listener is to end


class Listener:
    """Takes messages by `mapping`, and measures every `measure_every` (timedelta) the waits that may have changed.

    Not with each message: a busy hour brings hundreds, and a reading of each would tell nothing more. A
    department that nothing was told of is not measured either, so a feed that has died cannot look alive.
    """

    def __init__(self, mapping, *, measure_every, limits=None, threads=None):
        self._mapping = mapping
        self._measure_every = measure_every
        self._limits = limits or Limits()
        self._threads = threads or ThreadPoolExecutor(THREADS, thread_name_prefix="adt")
        self._peers = {}  # task of a connection: whether it has a message in work
        self._to_measure = {}  # slug: as of when
        self._troubles = Troubles()
        self._ending = False

    async def listen(self, host, port, *, tls=None, ended, ready=lambda port: None):
        """Listen until the asyncio.Event `ended` is set. `tls` is an SSLContext; `ready` is told the port."""
        options = {"ssl": tls, "ssl_handshake_timeout": self._limits.handshake.total_seconds()} if tls else {}
        server = await asyncio.start_server(self._serve, host, port, limit=AT_ONCE, **options)
        measuring = asyncio.create_task(self._measure_again_and_again())
        ready(server.sockets[0].getsockname()[1])
        try:
            await ended.wait()
        finally:
            server.close()
            await self._take_leave()
            measuring.cancel()
            await self._measure()
            self._threads.shutdown()

    async def _take_leave(self):
        """Let messages in work be answered, and close the connections."""
        self._ending = True
        for task, at_work in list(self._peers.items()):
            if not at_work:
                task.cancel()
        if self._peers:
            _done, slow = await asyncio.wait(list(self._peers), timeout=self._limits.farewell.total_seconds())
            for task in slow:
                task.cancel()

    async def _serve(self, reader, writer):
        task = asyncio.current_task()
        if self._ending or len(self._peers) >= self._limits.connections:
            self._troubles.tell("An ADT connection was closed: there are as many as may be")
            writer.transport.abort()
            return
        self._peers[task] = False
        try:
            _set_options(writer.get_extra_info("socket"))
            await self._talk(task, reader, writer)
        except asyncio.CancelledError:
            pass  # the listener ends
        except Exception as error:  # whatever one peer brings about, the others go on
            # Only our own words are sure to hold nothing of it.
            reason = str(error) if isinstance(error, FramingError) else type(error).__name__
            self._troubles.tell(f"An ADT connection was closed: {reason}")
            writer.transport.abort()
        finally:
            del self._peers[task]
            writer.close()

    async def _talk(self, task, reader, writer):
        frames = Frames(self._limits.message_bytes)
        deadline = self._in(self._limits.idle)
        while not self._ending:
            async with asyncio.timeout_at(deadline):
                data = await reader.read(AT_ONCE)
            if not data:
                return
            had_begun, answered = frames.has_begun, False
            try:
                for message in frames.feed(data):
                    self._peers[task] = answered = True
                    await self._send(writer, await self._answer(message))
                    self._peers[task] = False
            except TooLongError as error:
                await self._send(writer, refuse(read_header(error.head), timezone.now(), not_taken_here(str(error))))
                raise
            # Line ends between messages put nothing off, and neither does a message that comes by drops.
            if answered or frames.has_begun != had_begun:
                deadline = self._in(self._limits.message if frames.has_begun else self._limits.idle)

    def _in(self, pause):
        """Return the loop's time after `pause`, a timedelta."""
        return asyncio.get_running_loop().time() + pause.total_seconds()

    async def _answer(self, message):
        """Take `message` and return the answer, both bytes."""
        taken = await self._in_thread(take_message, message, self._mapping, timezone.now())
        self._troubles.tell(taken.trouble)
        if taken.department is not None:
            self._to_measure_later(taken.department, taken.as_of)
        return taken.answer

    async def _send(self, writer, answer):
        async with asyncio.timeout(self._limits.answer.total_seconds()):
            writer.write(framed(answer))
            await writer.drain()

    def _to_measure_later(self, department, as_of):
        self._to_measure[department] = max(as_of, self._to_measure.get(department, as_of))

    async def _measure_again_and_again(self):
        while True:
            await asyncio.sleep(self._measure_every.total_seconds())
            await self._measure()

    async def _measure(self):
        due, self._to_measure = self._to_measure, {}
        for department, as_of in due.items():
            if trouble := await self._in_thread(measure, department, as_of):
                self._troubles.tell(trouble)
                self._to_measure_later(department, as_of)
        self._troubles.end_round()

    async def _in_thread(self, function, *arguments):
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _with_fresh_connection, function, *arguments)


def _with_fresh_connection(function, *arguments):
    """Call `function` as Django does a view: no connection to the database that broke or is old is used."""
    close_old_connections()
    try:
        return function(*arguments)
    finally:
        close_old_connections()


def _set_options(peer):
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNREAD)
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, seconds in KEEPALIVE.items():
        if hasattr(socket, name):  # not everywhere
            peer.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), seconds)
