"""Set the site up and serve it: `python3 -m deploy.run [--dev]`, called by `make run` and `make dev`."""

import os
import subprocess
import sys
import time

from deploy import address, bootstrap, children, prepare
from deploy.processes import Processes
from deploy.setup_error import SetupError, exit_with

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
    environ.setdefault("SITE_URL", here.url)
    if here.host != here.reachable_host:  # opened to other machines, who know this one by names that we do not
        environ.setdefault("ALLOWED_HOSTS", "*")
    return environ


def wait_until_up(here, processes):
    """Return None once the site answers, or (name, exit code) of a process that ended before it did."""
    deadline = time.monotonic() + START_TIMEOUT
    while not address.answers(here):
        ended = processes.wait_for_end(timeout=0.05)
        if ended:
            return ended
        if time.monotonic() > deadline:
            raise SetupError("the site did not answer at {}/healthz within {} s.".format(here.url, START_TIMEOUT))
    return None


def initial_password(environ):
    """Return the password that was made for the first account, or "" where it is no longer in use."""
    question = children.start(
        [bootstrap.venv_python(), "-m", "deploy.initial_password"],
        cwd=str(bootstrap.ROOT),
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        return question.communicate()[0].decode().strip()
    finally:
        children.stop(question)


def welcome(here, password):
    """Return what a person needs to know to use the site that has just started."""
    return "\n".join(
        [
            "",
            "  The site:   {}/".format(here.url),
            "  For staff:  {}/admin/".format(here.url),
            "  User name:  admin",
            "  Password:   {}".format(password or "the one that you gave it"),
            "",
            "  Stop it with Ctrl-C.",
            "",
        ]
    )


def main():
    dev = "--dev" in sys.argv[1:]
    bootstrap.check_python()
    here = address.read(os.environ)
    address.check_free(here)
    bootstrap.install("dev" if dev else "base")
    environ = environment(here, dev)
    prepare.prepare(environ)
    address.check_free(here)  # setting up takes a minute the first time
    processes = Processes("deploy/Procfile.dev" if dev else "Procfile", environ)
    try:
        processes.start("web")  # alone at first: the others would take the time of its start
        ended = wait_until_up(here, processes)
        if not ended:
            processes.start_rest(without=() if prepare.shows_demonstration(environ) else ("demo",))
            print(welcome(here, initial_password(environ)), flush=True)
            ended = processes.wait_for_end()
    finally:
        processes.stop()
    raise SetupError("{} stopped with exit code {}, and the site with it (see above).".format(*ended))


if __name__ == "__main__":
    exit_with(main)
