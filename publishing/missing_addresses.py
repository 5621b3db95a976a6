"""Counting what is asked for and is not there, beside the requests: a visitor's request never writes.

Each process counts in its memory and adds that to the table twice a minute. What is kept is a path and two
days, never who asked. Left out altogether, since no editor could do anything with them or since they could
name a person: paths with an @, a ":" (signed links) or nine digits in a row, long ones, and the paths that
attackers try everywhere (.php, wp-login, .env, .git ...).
"""

import logging
import re
import threading
from datetime import timedelta
from multiprocessing.util import Finalize

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from .models import MissingAddress

logger = logging.getLogger(__name__)

MOST_IN_MEMORY = 500  # distinct paths in one process between two flushes
MOST_ROWS = 5000
LONGEST = 200  # characters of a path
KEPT_FOR_DAYS = 365  # since it was last asked for

_PRIVATE = re.compile(r"[@:]|\d{9}|[^/]{101}")
_PROBE = re.compile(
    r"""/\.                                     # .env, .git, .well-known
    |\.(php\d?|phtml|asp|jsp|jspx|cgi|pl|sh|exe|dll|do|action|sql|bak|old|orig|swp|env|ini|conf|cfg|log|ya?ml|toml)(/|$)
    |\.(zip|rar|7z|tar|t?gz|bz2|db|sqlite3?|pem|key|config|properties)(/|$)
    |/(wp|wordpress|wp-.*|xmlrpc|phpmyadmin|pma|mysql|adminer|administrator|cgi-bin|vendor|actuator|jenkins|solr
      |owa|ecp|autodiscover|boaform|hnap1|_ignition|telescope|debug|console|graphql|node_modules|server-status)(/|$)
    """,
    re.VERBOSE,
)


def is_worth_counting(path):
    """Return whether `path` (in the normal form) could be a page that somebody misses."""
    return len(path) <= LONGEST and not _PRIVATE.search(path) and not _PROBE.search(path)


def most_missed(limit=10):
    """Return the MissingAddress rows that were asked for most and that nobody has told to ignore."""
    return list(MissingAddress.objects.filter(ignored=False)[:limit])


class Counter:
    """Counts in memory, and adds to the table from a thread of its own that starts with the first count."""

    def __init__(self):
        self._counts = {}
        self._lock = threading.Lock()
        self._thread = None

    def count(self, path):
        """Count one request for `path` (in the normal form), where it is worth it and there is room."""
        if not is_worth_counting(path):
            return
        with self._lock:
            if path not in self._counts and len(self._counts) >= MOST_IN_MEMORY:
                return
            self._counts[path] = self._counts.get(path, 0) + 1
            if self._thread is None and settings.MISSING_ADDRESSES_EVERY:
                self._thread = threading.Thread(target=self._keep_flushing, name="missing addresses", daemon=True)
                self._thread.start()
                # Not atexit: a web worker is a child of multiprocessing, which leaves without asking that.
                Finalize(None, self.flush_in_thread, exitpriority=1)

    def flush(self):
        """Add what was counted to the table. A database that does not answer is tried again the next time."""
        with self._lock:
            counts, self._counts = self._counts, {}
        if not counts:
            return
        try:
            _store(counts)
        except Exception:
            # Whatever the database answered: a count is not worth an error, and the thread has to go on.
            logger.warning("Counts of missing addresses could not be stored", exc_info=True)
            self._put_back(counts)

    def flush_in_thread(self):
        """Flush, and leave no connection open in this thread."""
        try:
            self.flush()
        finally:
            connection.close()

    def _put_back(self, counts):
        with self._lock:
            for path, count in counts.items():
                if path in self._counts or len(self._counts) < MOST_IN_MEMORY:
                    self._counts[path] = self._counts.get(path, 0) + count

    def _keep_flushing(self):
        wait = threading.Event().wait
        while not wait(settings.MISSING_ADDRESSES_EVERY.total_seconds()):
            self.flush_in_thread()


missing_addresses = Counter()


def _store(counts):
    """Add `counts` ({path: how often}) to the table, then let it forget what is beyond its bounds."""
    today = timezone.localdate()
    paths_by_count = {}
    for path, count in sorted(counts.items()):  # in one order in every process, so that none waits for another
        paths_by_count.setdefault(count, []).append(path)
    with transaction.atomic():
        MissingAddress.objects.bulk_create(
            [MissingAddress(path=path, first_seen_on=today, last_seen_on=today) for path in sorted(counts)],
            ignore_conflicts=True,
        )
        for count, paths in paths_by_count.items():
            MissingAddress.objects.filter(path__in=paths).update(count=F("count") + count, last_seen_on=today)
    MissingAddress.objects.filter(last_seen_on__lt=today - timedelta(days=KEPT_FOR_DAYS)).delete()
    too_many = MissingAddress.objects.count() - MOST_ROWS
    if too_many > 0:
        rarest = MissingAddress.objects.order_by("count", "last_seen_on", "pk").values_list("pk", flat=True)[:too_many]
        MissingAddress.objects.filter(pk__in=list(rarest)).delete()
