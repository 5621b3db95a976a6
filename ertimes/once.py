"""What many visitors ask for at the same moment is made once in each process.

Every open board asks again when a wait has changed: without this, each of them would have the same list
computed anew.
"""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.utils import timezone

# As many as there are threads that could ever wait; a lock for each key would let strangers fill the memory.
_locks = [Lock() for _ in range(16)]
_made = {}


@dataclass(frozen=True)
class Made:
    """A body (bytes) that shows `waits`, made at the instant `at`. `etag` stays while it says the same."""

    body: bytes
    waits: list
    at: datetime
    etag: str

    def serves(self, at):
        """Return whether it may be sent at `at`: young enough, and no wait has changed since."""
        changes = [wait.changes_at for wait in self.waits if wait.changes_at]
        return self.at <= at < self.at + settings.WAITS_KEPT_FOR and all(at < change for change in changes)


def made_once(key, make):
    """Return `make()`, a Made, or the one that was made for `key` within `settings.WAITS_KEPT_FOR`.

    Whoever asks while it is being made waits for it. What `make` raises goes to the one who asked, and the
    next one tries again. `key` names all that the body depends on, its language too.
    """
    with _locks[hash(key) % len(_locks)]:
        made = _made.get(key)
        if made is None or not made.serves(timezone.now()):
            made = _made[key] = make()
        return made
