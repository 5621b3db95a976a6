"""The whole site as `make run` serves it, in a folder and on a port of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests import prepared_site

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN = 60  # seconds


def free_port():
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class LiveSite:
    """The site with its demonstration content, in `folder` (a pathlib.Path). Use it as a context manager."""

    def __init__(self, folder, *, content=True, workers=1, **environment):
        self.folder = folder
        self.workers = workers
        self.content = content
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment = {**inherited, "DATA_DIR": str(folder), "PORT": str(self.port)}
        self.environment |= {"RECEIPT_URL": self.address, **environment}
        self.server = None

    def __enter__(self):
        prepared_site.copy_to(self.folder)
        if self.content:
            self.manage("load_demo", "--verbosity", "0")
            self.manage("ensure_search")
        self.start()
        return self

    def __exit__(self, *exception):
        self.stop()

    def manage(self, *arguments):
        """Run a management command and return what it printed. Raises CalledProcessError where it fails."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout

    def start(self):
        """Start the server and wait until it answers. Raises RuntimeError with its last words where it does not."""
        log = (self.folder / "server.log").open("ab")
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "backus_site.wsgi:application"]
        command += ["--port", str(self.port), "--no-ws", "--blocking-threads", "4"]
        command += ["--workers", str(self.workers), "--backlog", "1024", "--backpressure", "2048"]
        self.server = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        log.close()
        give_up = time.monotonic() + READY_WITHIN
        while time.monotonic() < give_up and self.server.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=1):  # noqa: S310  our own server
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"the site did not start:\n{self.log()[-3000:]}")

    def stop(self):
        """Stop the server; calling it twice does no harm."""
        if self.server and self.server.poll() is None:
            self.server.terminate()
            try:
                self.server.wait(10)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()

    def log(self):
        """Return what the server wrote."""
        return (self.folder / "server.log").read_text(errors="replace")

    @property
    def admin_password(self):
        """Return the password of the user "admin"."""
        return (self.folder / "admin_password").read_text().strip()
