"""What each process keeps in memory of small tables, and reads again once somebody has changed them."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from .models import Stamp
from .sql import places


@dataclass
class Kept:
    """What `load` returns, kept in memory as long as the stamp of this `name` is the one it was loaded under."""

    name: str
    load: Callable[[], Any]
    stamp: str | None = None
    value: Any = None

    def changed(self):
        """Tell every process that it has to be loaded again."""
        Stamp.objects.update_or_create(name=self.name, defaults={"value": secrets.token_hex(8)})


def recall(*all_kept):
    """Return the value of each Kept; in one query where nothing has changed."""
    # By hand: Django takes five times as long to write so small a question down as the database to answer it.
    with connection.cursor() as cursor:
        sql = f"SELECT name, value FROM search_stamp WHERE name IN ({places(all_kept)})"  # noqa: S608 (only %s)
        cursor.execute(sql, [kept.name for kept in all_kept])
        stamps = dict(cursor.fetchall())
    for kept in all_kept:
        stamp = stamps.get(kept.name, "")
        if kept.stamp != stamp:
            kept.value, kept.stamp = kept.load(), stamp
    return [kept.value for kept in all_kept]
