"""Start child processes that never outlive us."""

import os
import signal
import subprocess
import sys
import time

try:
    import ctypes

    LIBC = ctypes.CDLL(None)
except ImportError:  # a Python built without libffi: children are stopped all the same, but not after kill -9
    LIBC = None

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36

GRACE = 10  # seconds between asking a child to stop and killing it


def _prctl(option, value):
    if LIBC is not None and sys.platform == "linux":
        LIBC.prctl(option, value, 0, 0, 0)


def follow_parent():
    """Ask the kernel to send us SIGTERM when the process that started us dies, kill -9 included."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def follow_make():
    """Do so for the make that called us and says its process id, or end now where it is gone already."""
    follow_parent()
    make = os.environ.pop("MAKE_PID", "")
    if make:
        try:
            os.kill(int(make), 0)
        except ProcessLookupError:
            os.kill(os.getpid(), signal.SIGTERM)


def adopt_orphans():
    """Become the parent of every grandchild whose own parent dies, so that `descendants` finds it."""
    _prctl(PR_SET_CHILD_SUBREAPER, 1)


def start(command, **options):
    """Start `command` so that it gets SIGTERM when we die; return the Popen."""
    parent = os.getpid()

    def follow():
        follow_parent()
        if os.getppid() != parent:  # we died before the kernel knew
            os.kill(os.getpid(), signal.SIGTERM)

    return subprocess.Popen(command, preexec_fn=follow, **options)


def run(command, **options):
    """Run `command` to its end and return its exit code; stop it if we are stopped meanwhile."""
    child = start(command, **options)
    try:
        return child.wait()
    finally:
        stop(child)


def stop(child, grace=GRACE):
    """Ask `child` to stop, and after `grace` seconds do not ask any more."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(grace)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def descendants():
    """Return the process ids of our children, their children and so on, nearest first.

    Empty where there is no /proc, as on a Mac: there the processes stop by what `stop` asks of them.
    """
    children = {}
    for name in os.listdir("/proc") if os.path.isdir("/proc") else []:
        try:
            with open("/proc/{}/stat".format(int(name)), "rb") as file:
                state, parent = file.read().rpartition(b")")[2].split()[:2]
        except (ValueError, OSError):  # not a process, or one that has just ended
            continue
        if state != b"Z":
            children.setdefault(int(parent), []).append(int(name))
    found = [os.getpid()]
    for process in found:
        found += children.get(process, [])
    return found[1:]


def end_descendants():
    """End every process below us; return once none is left, or after ten seconds."""
    for signum, patience in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        asked = set()
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            rest = descendants()
            if not rest:
                return
            for process in set(rest) - asked:
                asked.add(process)
                try:
                    os.kill(process, signum)
                except ProcessLookupError:  # it has just ended by itself
                    continue
            time.sleep(0.05)
