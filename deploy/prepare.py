"""Bring the data up to the code: tables, demonstration content, static files, the first account.

Each step may run at any time and loses nothing. It is left out while nothing that it reads has changed, which is
what lets a second `make run` answer within three seconds.
"""

import hashlib
import json
import os
from pathlib import Path

from deploy import children
from deploy.bootstrap import ROOT, lock_hash, venv_python
from deploy.setup_error import SetupError

DATA_STEPS = [
    ["migrate", "--noinput", "--verbosity=0"],
    ["ensure_roles", "--verbosity=0"],
    ["load_demo"],
    ["ensure_search"],
    ["ensure_admin"],
]
# Packing every file takes longer than all the rest, so a change of code alone does not ask for it.
STATIC_STEPS = [["collectstatic", "--noinput", "--verbosity=0"]]

# Nothing below these is read by a step.
ASIDE = {"var", "tests", "docs", "benchmarks", "screenshots", "node_modules", "__pycache__"}


def fingerprint(root):
    """Return a hash over name, size and time of change of every file below `root` that a step may read."""
    digest = hashlib.sha256(lock_hash("base").encode())
    for folder, folders, files in os.walk(str(root)):
        folders[:] = sorted(name for name in folders if name not in ASIDE and not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(folder, name)
            try:
                found = os.stat(path)
            except FileNotFoundError:  # an editor's temporary file
                continue
            digest.update("{} {} {}\n".format(path, found.st_size, found.st_mtime_ns).encode(errors="replace"))
    return digest.hexdigest()


def data_dir(environ):
    return Path(environ.get("DATA_DIR") or ROOT / "var")


def shows_demonstration(environ):
    """Return whether DEMONSTRATION is on, read as the settings read it; it is unless it is turned off."""
    return environ.get("DEMONSTRATION", "true").strip().lower() in ("true", "on", "ok", "y", "yes", "1")


def data_steps(environ):
    """Return the steps for the data: the demonstration content is loaded only where it is to be shown."""
    return [step for step in DATA_STEPS if step != ["load_demo"] or shows_demonstration(environ)]


class Stamps:
    """What has been prepared from what, kept beside the data."""

    def __init__(self, data):
        self.file = data / "prepared.json"

    def read(self):
        try:
            stamps = json.loads(self.file.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return stamps if isinstance(stamps, dict) else {}

    def write(self, name, value):
        self.file.write_text(json.dumps({**self.read(), name: value}))


def prepare(environ):
    """Run the steps that have something to do."""
    data = data_dir(environ)
    data.mkdir(parents=True, exist_ok=True)
    stamps = Stamps(data)
    steps = data_steps(environ)
    wanted = {"data": "{} {}".format(fingerprint(ROOT), len(steps)), "static": fingerprint(ROOT / "static")}
    done = stamps.read()
    # A database elsewhere may have been emptied without our seeing it.
    if done.get("data") != wanted["data"] or "DATABASE_URL" in environ or not (data / "db.sqlite3").exists():
        print("Preparing the site's data ...", flush=True)
        _run(steps, environ)
        stamps.write("data", wanted["data"])
    # With DEBUG on, Django serves the files from where they are.
    if environ.get("DEBUG") != "true" and (done.get("static") != wanted["static"] or not (data / "static").is_dir()):
        print("Collecting the static files ...", flush=True)
        _run(STATIC_STEPS, environ)
        stamps.write("static", wanted["static"])


def _run(steps, environ):
    for step in steps:
        code = children.run([venv_python(), "manage.py", *step], cwd=str(ROOT), env=environ)
        if code != 0:
            raise SetupError("manage.py {} failed (see above).".format(step[0]))
