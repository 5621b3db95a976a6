"""A site that is set up once, for all tests that begin with one: each gets a copy of its folder.

Setting one up takes about 25 seconds of a processor, more than half of it for packing the static files.
"""

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from deploy.bootstrap import ROOT

SHARED = "PREPARED_SITE"  # names the folder in which the processes of one run share it; else each sets up its own
STEPS = [
    ["migrate", "--verbosity", "0"],
    ["ensure_admin"],
    ["collectstatic", "--noinput", "--verbosity", "0"],
]


def copy_to(folder):
    """Make `folder` (a pathlib.Path) the DATA_DIR of a site with tables, a first user and static files.

    Raises CalledProcessError where the site cannot be set up.
    """
    shared = Path(os.environ.get(SHARED) or folder_of_this_process())
    shutil.copytree(prepared_in(shared), folder, dirs_exist_ok=True)


@cache
def folder_of_this_process():
    folder = tempfile.mkdtemp(prefix="backus-prepared-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def prepared_in(shared):
    """Return the folder of the site below `shared`, and set it up where nobody has yet; others wait meanwhile."""
    shared.mkdir(parents=True, exist_ok=True)
    site = shared / "site"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.exists():
            unfinished = Path(tempfile.mkdtemp(dir=shared))
            set_up(unfinished)
            unfinished.rename(site)
    return site


def set_up(folder):
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    for step in STEPS:
        command = [sys.executable, "manage.py", *step]
        subprocess.run(command, cwd=ROOT, env={**inherited, "DATA_DIR": str(folder)}, check=True, capture_output=True)
