"""A PostgreSQL of our own in a temporary folder, for as long as the tests need it."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from deploy import children
from deploy.setup_error import SetupError

USER = "backus"

# Its data is thrown away, so it never has to reach the disk.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "timezone": "UTC",
}


def find_binaries():
    """Return the folder with the newest release's initdb and postgres, or None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    return Path(on_path).parent if on_path else None


def unprivileged_account():
    """Return options for subprocess that drop root, as whom PostgreSQL refuses to run."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise SetupError("PostgreSQL needs an account other than root to run as, such as postgres.")


@contextlib.contextmanager
def running():
    """Start a PostgreSQL, yield the URL of a database on it, and leave nothing behind."""
    binaries = find_binaries()
    if binaries is None:
        raise SetupError("PostgreSQL is missing.")
    account = unprivileged_account()
    # Not $TMPDIR: root's own folder is closed to the account, and a socket's path may have 107 letters at most.
    folder = Path(tempfile.mkdtemp(prefix="backus-pg-", dir="/tmp"))
    server = None
    try:
        if account:
            os.chown(folder, account["user"], account["group"])
        options = {**account, "cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}}
        log = folder / "log"
        with log.open("wb") as output:
            initdb = [binaries / "initdb", "--pgdata=data", f"--username={USER}", "--auth=trust", "--no-sync"]
            initdb += ["--encoding=UTF8", "--locale=C.UTF-8"]
            if children.run(initdb, stdout=output, stderr=subprocess.STDOUT, **options) != 0:
                raise SetupError(f"PostgreSQL's initdb failed: {log.read_text()[-2000:]}")
            settings = [f"-c{name}={value}" for name, value in OPTIONS.items()]
            server = children.start(
                [binaries / "postgres", "-D", "data", "-k", folder, *settings],
                stdout=output,
                stderr=subprocess.STDOUT,
                **options,
            )
        _wait_until_up(server, folder, log)
        yield f"postgres://{USER}@/{folder}/backus"
    finally:
        if server is not None and server.poll() is None:
            server.send_signal(signal.SIGQUIT)  # at once, without writing anything out
            children.stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_up(server, folder, log):
    deadline = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(host=str(folder), user=USER, dbname="postgres").close()
            return
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise SetupError(f"PostgreSQL did not start: {log.read_text()[-2000:]}") from error
            time.sleep(0.05)
