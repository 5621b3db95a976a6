"""What stops a set-up, told in one line that says what to do about it."""

import errno
import signal
import sys


class SetupError(Exception):
    """Something that the person at the keyboard has to mend; the text is the whole message."""


class Stopped(BaseException):
    """The signal that asked us to end. Not an Exception: nothing but the end of main() may catch it."""

    def __init__(self, signum):
        super().__init__(signum)
        self.signum = signum


def stop_on_signals():
    """Turn Ctrl-C and SIGTERM into `Stopped`, so that every `finally` runs before the end."""

    def stop(signum, frame):
        raise Stopped(signum)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def exit_with(main):
    """Call `main`, then exit: 0, 1 after one line about what is wrong, or 128 + signal as shells do."""
    try:
        sys.exit(main())
    except SetupError as trouble:
        sys.exit("Error: {}".format(trouble))
    except Stopped as stopped:
        sys.exit(128 + stopped.signum)
    except OSError as error:
        sys.exit("Error: {}".format(describe(error)))


def describe(error):
    """Return one line for an OSError, in words where we know what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full: make room, then run it again."
    return "{}: {}".format(error.strerror, error.filename) if error.filename else str(error)
