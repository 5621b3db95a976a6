"""A mail server in a process of its own, which writes down whom it has taken a mail for.

It ends where its standard input does, so that it never outlives who started it. An address tells it what to do:
to “nobody-…” it says that there is no such mailbox, and to “later-…” to come again, the first time.
"""

import asyncio
import subprocess
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP

ROOT = Path(__file__).resolve().parent.parent


class Taking:
    """Takes every mail, and writes recipient and Message-ID into a file before it says so."""

    def __init__(self, path):
        self._file = path.open("ab", buffering=0)
        self._put_off = set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  named by aiosmtpd
        if address.startswith("nobody"):
            return "550 5.1.1 no such mailbox here"
        if address.startswith("later") and address not in self._put_off:
            self._put_off.add(address)
            return "451 4.7.1 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  named by aiosmtpd
        headers = envelope.content.partition(b"\r\n\r\n")[0]
        message_id = next(line for line in headers.split(b"\r\n") if line.lower().startswith(b"message-id:"))
        self._file.write(b"%s %s\n" % (envelope.rcpt_tos[0].encode(), message_id.split(b":", 1)[1].strip()))
        return "250 taken"


class MailServerProcess:
    """Runs the server in `folder`, a pathlib.Path, for as long as the block lasts; `port` is where it listens."""

    def __init__(self, folder, port=0):
        self._taken = folder / "taken"
        self.port = port
        self._process = None
        self._counted = (0, 0)  # bytes, mails

    def __enter__(self):
        command = [sys.executable, "-m", "tests.mail_server", str(self._taken), str(self.port)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(self, *exception):
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def number(self):
        """Return how many mails it has taken."""
        if self._taken.exists():
            with self._taken.open("rb") as file:
                file.seek(self._counted[0])
                new = file.read()
            self._counted = (self._counted[0] + len(new), self._counted[1] + new.count(b"\n"))
        return self._counted[1]

    def recipients(self):
        """Return who got a mail, in the order of the mails."""
        return [line.split()[0] for line in self._lines()]

    def mails(self):
        """Return (recipient, Message-ID) of each mail."""
        return [tuple(line.split()) for line in self._lines()]

    def _lines(self):
        return self._taken.read_text().splitlines() if self._taken.exists() else []


async def serve(path, port):
    """Take mails on `port`, 0 for any, until standard input ends; print the port."""
    loop = asyncio.get_running_loop()
    taking = Taking(path)
    server = await loop.create_server(lambda: SMTP(taking, enable_SMTPUTF8=True), "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
