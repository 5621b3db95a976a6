"""Set the site up and serve it: `python3 -m deploy.run [--dev]`, called by `make run` and `make dev`."""

import os
import subprocess
import sys
import time

from deploy import address, bootstrap, children, prepare
from deploy.processes import Processes
from deploy.setup_error import SetupError, exit_with, stop_on_signals

START_TIMEOUT = 60  # seconds until /healthz has to answer


def environment(here, dev):
    """Return the environment of every command and process of the site."""
    environ = dict(os.environ)
    data = environ.get("DATA_DIR") or bootstrap.ROOT / "var" / ("dev" if dev else "")
    environ.update(
        HOST=here.host,
        PORT=str(here.port),
        DATA_DIR=str(bootstrap.ROOT / data),
        DEBUG="true" if dev else "false",
        DJANGO_SETTINGS_MODULE="backus_site.settings",  # a shell may still name another project's
        PYTHONUNBUFFERED="1",
    )
    # honcho gives each process a PORT of its own; links in mail lead to the web process's.
    environ.setdefault("SITE_URL", here.url)
    return environ


def wait_until_up(here, processes):
    deadline = time.monotonic() + START_TIMEOUT
    while not address.answers(here):
        if not processes.running:
            return False
        if time.monotonic() > deadline:
            raise SetupError("the site did not answer at {}/healthz within {} s.".format(here.url, START_TIMEOUT))
        time.sleep(0.05)
    return True


def welcome(here, environ):
    """Return what a person needs to know to use the site that has just started."""
    password = subprocess.check_output(
        [bootstrap.venv_python(), "-m", "deploy.initial_password"], cwd=str(bootstrap.ROOT), env=environ
    )
    return "\n".join(
        [
            "",
            "  The site:   {}/".format(here.url),
            "  For staff:  {}/admin/".format(here.url),
            "  User name:  admin",
            "  Password:   {}".format(password.decode().strip() or "the one that you gave it"),
            "",
            "  Stop it with Ctrl-C.",
            "",
        ]
    )


def main():
    children.follow_parent()
    stop_on_signals()
    dev = "--dev" in sys.argv[1:]
    bootstrap.check_python()
    here = address.read(os.environ)
    address.check_free(here)
    bootstrap.install("dev" if dev else "base")
    environ = environment(here, dev)
    prepare.prepare(environ)
    processes = Processes("deploy/Procfile.dev" if dev else "Procfile", environ)
    try:
        if wait_until_up(here, processes):
            print(welcome(here, environ), flush=True)
            processes.honcho.wait()
    finally:
        processes.stop()
    if processes.first_to_stop:
        raise SetupError("{} stopped with exit code {}, and the site with it.".format(*processes.first_to_stop))
    raise SetupError("the site's processes stopped.")


if __name__ == "__main__":
    exit_with(main)
