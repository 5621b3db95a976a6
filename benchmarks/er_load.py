"""Many open boards at once: `python -m benchmarks.er_load [--boards 3000] [--views 10] [--seconds 180]`.

Starts the site as `make run` does, with its demonstration content and two workers, and keeps `--boards` boards
open, each with a connection of its own that asks for the fragment once a minute, as a browser with the board
open does. Beside them visitors open whole pages, `--views` a second. Prints how long answers took and what they
were, and ends with exit code 1 where the 95th percentile is over 200 ms or an answer was an error.
"""

import argparse
import asyncio
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.live_site import LiveSite

POLL_EVERY = 60  # seconds
PAGES = ["/er/", "/er/", "/er/backus-hospital/", "/", "/er/wait-times.json"]
BAR = 0.2  # seconds, for the 95th percentile


@dataclass
class Answers:
    """What came back: seconds of each answer, and how many of each status; 0 stands for no answer."""

    seconds: list = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)

    def told(self, name):
        cuts = statistics.quantiles(self.seconds, n=100) if len(self.seconds) > 1 else [0] * 99
        times = ", ".join(f"p{percent} {1000 * cuts[percent - 1]:.1f} ms" for percent in (50, 95, 99))
        return f"{name}: {len(self.seconds)} answers, {times}, by status {dict(self.statuses)}"

    @property
    def good(self):
        wrong = [status for status in self.statuses if status not in (200, 304)]
        return not wrong and (len(self.seconds) < 2 or statistics.quantiles(self.seconds, n=20)[18] <= BAR)


class Connection:
    """One connection that is kept open, as a browser keeps it."""

    def __init__(self, port, answers):
        self.port = port
        self.answers = answers
        self.streams = None

    async def get(self, path, **headers):
        """Ask for `path`, note how long it took, and return the headers of the answer."""
        began = time.monotonic()
        was_open = self.streams is not None
        try:
            status, received = await self._answer(path, headers, again=was_open)
        except (OSError, EOFError, TimeoutError, ValueError):
            status, received = 0, {}
            self.close()
        self.answers.seconds.append(time.monotonic() - began)
        self.answers.statuses[status] += 1
        return received

    async def _answer(self, path, headers, *, again):
        """Return the answer; where the server has closed an idle connection, ask on a new one, as browsers do."""
        try:
            return await asyncio.wait_for(self._get(path, headers), 30)
        except (OSError, EOFError):
            self.close()
            if not again:
                raise
            return await asyncio.wait_for(self._get(path, headers), 30)

    async def _get(self, path, headers):
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        received = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        await reader.readexactly(int(received.get("content-length", 0)))
        return int(head[0].split()[1]), received

    def close(self):
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def open_board(port, answers, until):
    """Ask for the fragment about once a minute until `until`, a time of time.monotonic()."""
    connection = Connection(port, answers)
    etag = ""
    await asyncio.sleep(random.uniform(0, POLL_EVERY))
    while time.monotonic() < until:
        known = {"If-None-Match": etag} if etag else {}
        received = await connection.get("/er/", **{"HX-Request": "true", **known})
        etag = received.get("etag", "")
        await asyncio.sleep(POLL_EVERY * random.uniform(0.9, 1.1))
    connection.close()


async def view_pages(port, answers, until, views):
    """Let `views` visitors a second open a page, each on a connection of their own."""
    opened = set()
    while time.monotonic() < until:
        task = asyncio.create_task(view(port, answers))
        opened.add(task)
        task.add_done_callback(opened.discard)
        await asyncio.sleep(random.expovariate(views))
    await asyncio.gather(*opened)


async def view(port, answers):
    connection = Connection(port, answers)
    await connection.get(random.choice(PAGES))
    connection.close()


async def press(port, boards, views, seconds):
    """Return the Answers of the boards and those of the page views."""
    until = time.monotonic() + seconds
    fragments, pages = Answers(), Answers()
    await asyncio.gather(
        view_pages(port, pages, until, views), *(open_board(port, fragments, until) for _ in range(boards))
    )
    return fragments, pages


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--boards", type=int, default=3000)
    parser.add_argument("--views", type=float, default=10, help="pages a second")
    parser.add_argument("--seconds", type=int, default=180)
    options = parser.parse_args()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as folder, LiveSite(Path(folder), workers=2) as site:
        fragments, pages = asyncio.run(press(site.port, options.boards, options.views, options.seconds))
    print(fragments.told(f"{options.boards} open boards"))
    print(pages.told("page views"))
    return 0 if fragments.good and pages.good else 1


if __name__ == "__main__":
    sys.exit(main())
