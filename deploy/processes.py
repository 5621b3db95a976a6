"""The site's processes: started by honcho from the Procfile, watched and ended by us.

honcho does the Procfile, the log prefixes and the stop of all when one dies. Killed while it is starting them,
it leaves some behind; hence we adopt and end whatever is left below us, and go down with the process above us.
"""

import os
import re
import signal
import subprocess
import sys
import threading

from deploy import children
from deploy.bootstrap import ROOT, venv_python

STOPPED = re.compile(r"^\S* *system +\| (?P<name>\S+?)(\.\d+)? stopped \(rc=(?P<code>-?\d+)\)")


class Processes:
    def __init__(self, procfile, environ):
        children.adopt_orphans()
        self.first_to_stop = None  # (name, exit code)
        # In a session of its own: Ctrl-C in a terminal then comes to us alone, and we stop it in order.
        self.honcho = children.start(
            [venv_python(), "-m", "honcho", "--env", os.devnull, "--procfile", procfile, "start"],
            cwd=str(ROOT),
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.log = threading.Thread(target=self._pass_on_log, daemon=True)
        self.log.start()

    def _pass_on_log(self):
        for line in self.honcho.stdout:
            text = line.decode(errors="replace")
            stopped = STOPPED.match(text)
            if stopped and not self.first_to_stop:
                self.first_to_stop = (stopped["name"], int(stopped["code"]))
            try:
                sys.stdout.write(text)
                sys.stdout.flush()
            except OSError:  # nobody reads our output any more: end as a program in a pipe does
                os.kill(os.getpid(), signal.SIGTERM)
                break

    @property
    def running(self):
        return self.honcho.poll() is None

    def stop(self):
        """End every process; return once none is left."""
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, signal.SIG_IGN)  # we are at it, and it is over in seconds
        children.stop(self.honcho)
        children.end_descendants()
        self.log.join(1)
