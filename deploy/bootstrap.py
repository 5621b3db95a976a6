"""Make .venv and put the locked requirements into it: `python3 -m deploy.bootstrap [base|dev]`.

This and what it imports run on the machine's own Python before anything is installed: standard library only,
and no syntax newer than Python 3.6, so that an old Python gets as far as the line that says it is too old.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy import children
from deploy.setup_error import SetupError, exit_with

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST_PYTHON = (3, 11)
ROOM_FOR_INSTALL = 1000 * 1000 * 1000  # bytes: packages, pip's cache and the first data, with some to spare


def venv_python():
    return str(VENV / "bin" / "python")


def check_python(version=sys.version_info):
    if tuple(version[:2]) < OLDEST_PYTHON:
        raise SetupError(
            "Python 3.11 or newer is needed and {} is {}. Install a newer one, or name it: "
            "make run PYTHON=python3.12".format(sys.executable, ".".join(str(part) for part in version[:3]))
        )


def check_venv_module():
    # Debian ships venv without ensurepip, and what venv says then is ten lines long.
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise SetupError(
                "Python's {} module is missing. On Debian or Ubuntu: apt-get install python3-venv".format(module)
            )


def check_room(free=None):
    """Refuse to begin an install that the disk cannot hold; `free` is in bytes (default: the disk's)."""
    free = shutil.disk_usage(str(ROOT)).free if free is None else free
    if free < ROOM_FOR_INSTALL:
        raise SetupError(
            "Too little room on the disk: the first install needs 1 GB and {} has {:.1f} GB free.".format(
                ROOT, free / 1e9
            )
        )


def lock_file(name):
    return ROOT / "requirements" / "{}.txt".format(name)


def lock_hash(name):
    """Return a hash that differs when the locked releases or the release of Python differ."""
    python = "{}.{}".format(*sys.version_info[:2])
    return hashlib.sha256(lock_file(name).read_bytes() + python.encode()).hexdigest()


def stamp(name):
    """Return the file that holds the hash of the lock which was installed to its end."""
    return VENV / "locked-{}".format(name)


def installed(name):
    # The link to Python breaks when the system's Python is replaced.
    return os.path.exists(venv_python()) and stamp(name).exists() and stamp(name).read_text() == lock_hash(name)


def install(name):
    """Bring .venv to the state that the lock `name` ("base" or "dev") asks for; do nothing if it is there."""
    check_python()
    if installed(name):
        return
    # A second make in the same folder waits here instead of installing into the same .venv.
    folder = os.open(str(ROOT), os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if not installed(name):
            _install(name)
    finally:
        os.close(folder)


def _install(name):
    if _unfinished().exists() or not _is_usable():
        check_venv_module()
        check_room()
        print("Making .venv ...", flush=True)
        _empty()
        _call([sys.executable, "-m", "venv", str(VENV)], "Python could not make .venv")
        if not _is_usable():  # pip would then install into the Python of the machine
            raise SetupError("the .venv that {} made does not work.".format(sys.executable))
    # pip takes a package that an interrupted install left half written for a whole one: begin anew after one.
    _unfinished().touch()
    for old in VENV.glob("locked-*"):
        old.unlink()
    print("Installing the locked requirements ...", flush=True)
    pip = [venv_python(), "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check"]
    _call(
        [*pip, "install", "--require-hashes", "--requirement", str(lock_file(name))],
        "pip could not install the locked requirements",
    )
    stamp(name).write_text(lock_hash(name))
    if name == "dev":  # dev.txt holds all of base.txt, in the same releases
        stamp("base").write_text(lock_hash("base"))
    _unfinished().unlink()


def _unfinished():
    """Return the file that lies in .venv while it is being made or installed into."""
    return VENV / "unfinished"


def _empty():
    """Leave nothing in .venv but the mark that it is unfinished, which lies there from before to after."""
    VENV.mkdir(exist_ok=True)
    _unfinished().touch()
    for path in VENV.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(str(path))
        elif path != _unfinished():
            path.unlink()


def _is_usable():
    """Tell whether .venv is a venv at all, has a pip that works, and is of this release of Python."""
    question = "import pip, sys; print(*sys.version_info[:2], sys.prefix)"
    try:
        answer = subprocess.check_output([venv_python(), "-c", question], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.decode().strip() == "{} {} {}".format(*sys.version_info[:2], VENV)


def _call(command, failure):
    """Run `command` quietly; where it fails, show what it said and end with `failure` as the last line."""
    environment = dict(os.environ, PIP_USER="0")  # pip's "user" setting is at odds with a venv
    with tempfile.TemporaryFile() as output:
        code = children.run(command, stdout=output, stderr=subprocess.STDOUT, env=environment)
        if code == 0:
            return
        output.seek(0)
        said = output.read().decode(errors="replace").strip()
    if "No space left on device" in said or "Disk quota exceeded" in said:
        raise SetupError("the disk is full: make room, then run it again.")
    print(said[-4000:], file=sys.stderr)
    raise SetupError("{} (see above).".format(failure))


def main():
    install(sys.argv[1] if len(sys.argv) > 1 else "base")


if __name__ == "__main__":
    exit_with(main)
