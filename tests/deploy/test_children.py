import os
import signal
import subprocess
import sys
import time

import pytest

from deploy import children
from deploy.bootstrap import ROOT

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# A parent that starts a child as the site does, tells its process id and waits.
PARENT = """
import sys, time
from deploy import children
child = children.start([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def lives(process_id):
    try:
        with open(f"/proc/{process_id}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for_end(process_id, seconds=5):
    deadline = time.monotonic() + seconds
    while lives(process_id) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not lives(process_id)


def test_run_returns_the_exit_code():
    assert children.run([sys.executable, "-c", "raise SystemExit(7)"]) == 7


def test_stop_ends_a_child():
    child = children.start(SLEEP)

    children.stop(child)

    assert child.returncode == -signal.SIGTERM


def test_stop_ends_a_child_that_does_not_want_to():
    script = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    with children.start([sys.executable, "-c", script], stdout=subprocess.PIPE) as child:
        child.stdout.readline()

        children.stop(child, grace=0.1)

    assert child.returncode == -signal.SIGKILL


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGKILL], ids=["term", "kill"])
def test_child_ends_with_its_parent(signum):
    with subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())

        parent.send_signal(signum)

        assert wait_for_end(child)


def test_descendants_are_found_down_to_the_last():
    script = f"import subprocess, sys; subprocess.run({SLEEP!r})"
    child = children.start([sys.executable, "-c", script])
    try:
        deadline = time.monotonic() + 5
        while len(children.descendants()) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        found = children.descendants()
    finally:
        for process_id in children.descendants():
            os.kill(process_id, signal.SIGKILL)
        child.wait()

    assert found[0] == child.pid
    assert len(found) == 2
