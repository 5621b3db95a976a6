"""Counting what visitors do beside their requests, since a visitor's request never writes.

Each process counts in its memory and adds that to the table every COUNTS_STORED_EVERY, and when it ends.
"""

import logging
import threading
from multiprocessing.util import Finalize

from django.conf import settings
from django.db import connection

logger = logging.getLogger(__name__)


class Counter:
    """Counts in memory, and stores from a thread of its own that starts with the first count.

    `name` says what is counted, for the log. A kind of counter gives `store`.
    """

    name = ""
    MOST_IN_MEMORY = 500  # distinct things in one process between two flushes

    def __init__(self):
        self._counts = {}
        self._lock = threading.Lock()
        self._thread = None

    def store(self, counts):
        """Add `counts`, {thing: how often}, to the table."""
        raise NotImplementedError

    def count(self, thing):
        """Count `thing` (hashable) once, where there is room."""
        with self._lock:
            if thing not in self._counts and len(self._counts) >= self.MOST_IN_MEMORY:
                return
            self._counts[thing] = self._counts.get(thing, 0) + 1
            if self._thread is None and settings.COUNTS_STORED_EVERY:
                self._thread = threading.Thread(target=self._keep_flushing, name=self.name, daemon=True)
                self._thread.start()
                # Not atexit: a web worker is a child of multiprocessing, which leaves without asking that.
                Finalize(None, self.flush_in_thread, exitpriority=1)

    def flush(self):
        """Store what was counted. A database that does not answer is tried again the next time."""
        with self._lock:
            counts, self._counts = self._counts, {}
        if not counts:
            return
        try:
            self.store(counts)
        except Exception as error:
            # Whatever the database answered: a count is not worth an error, and the thread has to go on. Its message
            # could hold what somebody typed.
            logger.warning("Counts of %s could not be stored: %s", self.name, type(error).__name__)
            self._put_back(counts)

    def flush_in_thread(self):
        """Flush, and leave no connection open in this thread."""
        try:
            self.flush()
        finally:
            connection.close()

    def _put_back(self, counts):
        with self._lock:
            for thing, count in counts.items():
                if thing in self._counts or len(self._counts) < self.MOST_IN_MEMORY:
                    self._counts[thing] = self._counts.get(thing, 0) + count

    def _keep_flushing(self):
        wait = threading.Event().wait
        while not wait(settings.COUNTS_STORED_EVERY.total_seconds()):
            self.flush_in_thread()
