"""The site's processes, started from the Procfile, their lines passed on, and all ended with the first.

Not honcho or foreman, which read the same file: killed while they are starting, or killed hard, they leave
processes behind that hold the port. Here each process is a child of ours that the kernel ends with us.
"""

import os
import queue
import re
import signal
import subprocess
import sys
import threading

from deploy import children
from deploy.bootstrap import ROOT

LINE = re.compile(r"^([A-Za-z0-9_-]+):\s*(.+)$", re.MULTILINE)


def read_procfile(text):
    """Return {name: shell command}, in the order of the lines."""
    return dict(LINE.findall(text))


class Processes:
    def __init__(self, procfile, environ):
        self.commands = read_procfile((ROOT / procfile).read_text())
        self.environ = environ
        self.running = {}  # name: Popen
        self.readers = []
        self.ended = queue.Queue()  # of (name, exit code)
        self.width = max(len(name) for name in self.commands)

    def start(self, *names):
        for name in names:
            # In a session of its own: Ctrl-C in a terminal then comes to us alone, and we stop all in order.
            self.running[name] = children.start(
                ["/bin/sh", "-c", self.commands[name]],
                cwd=str(ROOT),
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            reader = threading.Thread(target=self._pass_on_lines, args=(name,), daemon=True)
            reader.start()
            self.readers.append(reader)

    def start_rest(self, without=()):
        self.start(*[name for name in self.commands if name not in self.running and name not in without])

    def _pass_on_lines(self, name):
        process = self.running[name]
        for line in process.stdout:
            try:
                # One write a line, so that lines of two processes never mix.
                sys.stdout.write("{} | {}\n".format(name.ljust(self.width), line.decode(errors="replace").rstrip()))
                sys.stdout.flush()
            except OSError:  # nobody reads our output any more: end as a program in a pipe does
                os.kill(os.getpid(), signal.SIGTERM)
                break
        self.ended.put((name, process.wait()))

    def wait_for_end(self, timeout=None):
        """Return (name, exit code) of the first process that ends, or None after `timeout` seconds."""
        try:
            return self.ended.get(timeout=timeout)
        except queue.Empty:
            return None

    def stop(self):
        """End every process in order; exit_with() ends what any of them leaves."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        for process in self.running.values():
            children.stop(process)
        for reader in self.readers:
            reader.join(1)
