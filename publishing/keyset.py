"""Pages of a long list that stay where they are while things are added, and cost the same however deep they lie.

A page is not the seventh one but "what is older than this": a cursor in the address, the instant and the key of the
last thing before it. It is a place between things and not a thing, so it also holds after that one is gone.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from .months import FIRST_YEAR, LAST_YEAR

AFTER, BEFORE = "after", "before"  # names in the address: what is older, what is newer
_CURSOR = re.compile(r"(-?[0-9]{1,17})-([0-9]{1,18})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Cursor:
    """A place in a list: behind what has the instant `at` (aware) and the key `key`, an integer."""

    at: datetime
    key: int

    def __str__(self):
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}-{self.key}"


@dataclass(frozen=True)
class KeysetPage:
    """`rows` are the newest first. `older` and `newer` are Cursors to `after` and `before`, None where nothing is."""

    rows: list = field(default_factory=list)
    older: Cursor | None = None
    newer: Cursor | None = None
    is_first: bool = True


def cursor_of(text):
    """Return the Cursor that `text` of an address names. Raises ValueError for what names none."""
    match = _CURSOR.fullmatch(text)
    if not match:
        raise ValueError("no cursor")
    microseconds, key = int(match[1]), int(match[2])
    try:
        at = _EPOCH + timedelta(microseconds=microseconds)
    except OverflowError as error:
        raise ValueError("no instant") from error
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError("no year of ours")
    return Cursor(at, key)


def keyset_page(request, rows, per_page, *, key="pk", then=lambda rows: rows):
    """Return the KeysetPage of the queryset `rows` that the address asks for.

    `then` takes the queryset and returns what is wanted of it: SQLite begins where the first bound of `published_at`
    says, so that a place in the list has to come before “not in the future”.

    They are ordered by `published_at`, then by `key`, an integer field; both the newest first here, whatever order
    they come in. Towards the newer ones the last step leads to the first page, which is full. Raises Http404 for
    what is no cursor, for two at once, and where nothing is older.
    """
    rows = rows.order_by("-published_at", f"-{key}")
    after, before = _asked(request)
    if before:
        newer = then(_newer_than(before, rows, key)).order_by("published_at", key)
        found = list(newer[: per_page + 1])
        if len(found) > per_page:
            shown = found[per_page - 1 :: -1]
            return KeysetPage(shown, _at(shown[-1], key), _at(shown[0], key), is_first=False)
    if after:
        rows = _older_than(after, rows, key)
    found = list(then(rows)[: per_page + 1])
    shown, more = found[:per_page], len(found) > per_page
    if after and not shown:
        raise Http404(_("There is no such page of this list."))
    return KeysetPage(
        shown,
        older=_at(shown[-1], key) if more else None,
        newer=_at(shown[0], key) if after else None,
        is_first=not after,
    )


def _asked(request):
    try:
        after, before = (request.GET.get(name) and cursor_of(request.GET[name]) for name in (AFTER, BEFORE))
    except ValueError as error:
        raise Http404(_("There is no such page of this list.")) from error
    if after and before:
        raise Http404(_("There is no such page of this list."))
    return after, before


def _at(row, key):
    return Cursor(row.published_at, getattr(row, key))


def _older_than(cursor, rows, key):
    # The first condition says nothing new, but it alone tells a database where in its index to begin.
    return rows.filter(published_at__lte=cursor.at).filter(
        Q(published_at__lt=cursor.at) | Q(published_at=cursor.at, **{f"{key}__lt": cursor.key})
    )


def _newer_than(cursor, rows, key):
    return rows.filter(published_at__gte=cursor.at).filter(
        Q(published_at__gt=cursor.at) | Q(published_at=cursor.at, **{f"{key}__gt": cursor.key})
    )
