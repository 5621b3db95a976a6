"""What the tests need from the system besides Python, by the names of Debian's packages."""

import ctypes
import os
import shutil
import subprocess
import sys

from tests import postgres


def loads(library):
    """Tell whether a program finds the shared `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


PRESENT = {
    "chromium-headless-shell": lambda: shutil.which("chromium-headless-shell") is not None,
    "libatomic1": lambda: loads("libatomic.so.1"),  # for the Node.js that Playwright brings along
    "postgresql": lambda: postgres.find_binaries() is not None,
}


BROWSER = ("chromium-headless-shell", "libatomic1")
DATABASE = ("postgresql",)


def find_browser():
    """Return the path of Chromium without its windows, else of the whole one, which is slower; None without any."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


def missing(packages):
    """Return which of `packages` are not there."""
    return [name for name in packages if not PRESENT[name]()]


def lacking(packages):
    """Return which of `packages` are not there and cannot be done without."""
    return [name for name in missing(packages) if name != BROWSER[0] or find_browser() is None]


def install_missing(packages=tuple(PRESENT)):
    """Install what is missing of `packages` where we may; return {package: why it is still missing}."""
    wanted = missing(packages)
    if not wanted:
        return {}
    commands = [
        ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", "update"],
        ["apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=300", "install", "--no-install-recommends", *wanted],
    ]
    by_hand = "apt-get update && apt-get install -y " + " ".join(wanted)
    if shutil.which("apt-get") is None:
        return dict.fromkeys(lacking(wanted), f"install it by hand (on Debian: {by_hand})")
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo"):
        prefix = ["sudo"] if sys.stdin.isatty() else ["sudo", "--non-interactive"]
    else:
        return dict.fromkeys(lacking(wanted), f"neither root nor sudo here, so run as root: {by_hand}")
    print(f"Installing {', '.join(wanted)} with apt-get ...", flush=True)
    for command in commands:
        command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *command]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            print(done.stdout[-2000:])
            break
    return dict.fromkeys(lacking(packages), f"apt-get could not install it (see above); by hand: {by_hand}")
