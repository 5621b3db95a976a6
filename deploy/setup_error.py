"""What stops a set-up, told in one line that says what to do about it."""

import errno
import signal
import sys

from deploy import children


class SetupError(Exception):
    """Something that the person at the keyboard has to mend; the text is the whole message."""


class Stopped(BaseException):
    """The signal that asked us to end. Not an Exception: nothing but the end of main() may catch it."""

    def __init__(self, signum):
        super().__init__(signum)
        self.signum = signum


def exit_with(main):
    """Call `main`, end what it has started, then exit.

    The exit code is 0, 1 after one line about what is wrong, or 128 + signal as of a shell. Ctrl-C and SIGTERM
    become `Stopped`, so that every `finally` runs before the end.
    """

    def stop(signum, frame):
        raise Stopped(signum)

    _on_signals(stop)
    children.follow_make()
    children.adopt_orphans()
    try:
        sys.exit(main())
    except SetupError as error:
        sys.exit("Error: {}".format(error))
    except Stopped as stopped:
        sys.exit(128 + stopped.signum)
    except OSError as error:
        sys.exit("Error: {}".format(describe(error)))
    finally:
        _on_signals(signal.SIG_IGN)  # we are at it, and it is over in seconds
        children.end_descendants()


def _on_signals(handler):
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, handler)


def describe(error):
    """Return one line for an OSError, in words where we know what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full: make room, then run it again."
    return "{}: {}".format(error.strerror, error.filename) if error.filename else str(error)
