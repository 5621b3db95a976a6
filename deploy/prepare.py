"""Bring the data up to the code: tables, demonstration content, static files, the first account.

Each step may run at any time and loses nothing. They are left out while nothing that they read has changed,
which is what lets a second `make run` answer within three seconds.
"""

import hashlib
import os
from pathlib import Path

from deploy import children
from deploy.bootstrap import ROOT, lock_hash, venv_python
from deploy.setup_error import SetupError

STEPS = [
    ["migrate", "--noinput", "--verbosity=0"],
    ["load_demo"],
    ["collectstatic", "--noinput", "--verbosity=0"],
    ["ensure_admin"],
]

# Nothing below these is read by a step.
ASIDE = {"var", "tests", "docs", "benchmarks", "screenshots", "node_modules", "__pycache__"}


def fingerprint(root):
    """Return a hash over name, size and time of change of every file that a step may read."""
    digest = hashlib.sha256()
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


def is_prepared(environ, wanted):
    data = data_dir(environ)
    stamp = data / "prepared"
    return (
        "DATABASE_URL" not in environ  # a database elsewhere: we cannot see whether it is still the same one
        and (data / "db.sqlite3").exists()
        and (data / "static").is_dir()
        and stamp.exists()
        and stamp.read_text() == wanted
    )


def prepare(environ):
    """Run the steps if anything has changed since they last ran to their end."""
    wanted = "{} {}".format(fingerprint(ROOT), lock_hash("base"))
    if is_prepared(environ, wanted):
        return
    data = data_dir(environ)
    data.mkdir(parents=True, exist_ok=True)
    (data / "prepared").unlink(missing_ok=True)
    print("Preparing the site's data ...", flush=True)
    for step in STEPS:
        code = children.run([venv_python(), "manage.py", *step], cwd=str(ROOT), env=environ)
        if code != 0:
            raise SetupError("manage.py {} failed (see above).".format(step[0]))
    (data / "prepared").write_text(wanted)
