"""How a feature puts its things into the search.

A feature registers one Source for each kind of thing, in its AppConfig.ready. The search asks the
source's queryset at query time, so what is not published now is never found.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import QuerySet


@dataclass(frozen=True)
class Document:
    """One thing that can be found, in the words that the result page prints.

    `phone` is a directory number's dial and display text as (href, text), or None.
    """

    title: str
    path: str
    summary: str = ""
    also_known_as: str = ""
    phone: tuple[str, str] | None = None


@dataclass(frozen=True)
class Source:
    """One kind of thing: where to look for words, and what becomes of what is found.

    `published` returns the queryset of what the public may read now. `fields` are the names of the
    fields to look into, the title's first. `document` makes the Document of one object. Kinds of
    lower `rank` come first among equally good matches. `by_phone` returns the queryset of what has
    a number with these digits (7 to 10 of them, without the country's 1); None where nothing has numbers.
    """

    kind: str
    label: str
    published: Callable[[], QuerySet]
    fields: tuple[str, ...]
    document: Callable[[object], Document]
    rank: int = 50
    prefetch: tuple[str, ...] = field(default=())
    by_phone: Callable[[str], QuerySet] | None = None


_sources = {}


def register(source):
    """Add `source`, replacing one of the same kind."""
    _sources[source.kind] = source


def sources():
    """Return all sources, those of lowest rank first."""
    return sorted(_sources.values(), key=lambda source: source.rank)
