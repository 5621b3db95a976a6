"""Counting what is asked for and is not there, beside the requests: a visitor's request never writes.

What is kept is a path and two days, never who asked. Left out altogether, since no editor could do anything
with them or since they could name a person: paths with an @, a ":" (signed links) or nine digits in a row,
long ones, and the paths that attackers try everywhere (.php, wp-login, .env, .git ...).
"""

import re
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .counting import Counter
from .models import MissingAddress

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


class AddressCounter(Counter):
    """Counts the paths that visitors asked for in vain."""

    name = "missing addresses"

    def count(self, path):
        """Count one request for `path` (in the normal form), where it is worth it and there is room."""
        if is_worth_counting(path):
            super().count(path)

    def store(self, counts):
        _store(counts)


missing_addresses = AddressCounter()


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
