"""How a feature puts its things into the search.

A feature registers one Source for each kind of thing, in its AppConfig.ready. The search calls it when a
thing is saved or deleted, and for all things when the index is rebuilt.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.translation import override


@dataclass(frozen=True)
class Document:
    """One thing in one language, as the search keeps it. All texts are plain, without markup.

    `path` is the address in the site's own language; where `localized`, the same page stands under /es/ too.
    `names` are what it is also called. `summary` is shown where no better words are found; `text` is only
    searched and quoted. `numbers` are telephone numbers (E.164, an extension behind an "x"). `phone` is (href, text)
    of the one to show.
    The public may see it from `shown_from` (None: always) until `shown_until` (None: for good), aware datetimes.
    `dated` says of news when it was published; of an event when it begins, and `ends_at` when it is over.
    `place` says in a few words where it is, "" for what has no place of its own.
    `topics` are pairs of (slug, name). `boost` is added to its points. `serves` names the languages of the
    visitors who are to find it; None: all for whom it has no Document in their own.
    """

    language: str
    title: str
    path: str
    localized: bool = True
    names: tuple[str, ...] = ()
    summary: str = ""
    text: str = ""
    numbers: tuple[str, ...] = ()
    phone: tuple[str, str] | None = None
    topics: tuple[tuple[str, str], ...] = ()
    dated: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    shown_from: datetime | None = None
    shown_until: datetime | None = None
    demonstration: bool = False
    boost: int = 0
    serves: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Answer:
    """A card above the results: `template` is rendered with `context` as `answer`.

    `holds_for` is how many seconds it stays true; None: as long as the page may be kept.
    """

    template: str
    context: dict
    holds_for: int | None = None


@dataclass(frozen=True)
class Source:
    """One kind of thing.

    `things` returns the queryset of what the public may see now or later, with all that `documents` needs fetched.
    `documents` returns the Documents of one such thing: one a language, or none. `points` says how far things of this
    kind come before others that fit as well. `dated` kinds (news, events) are looked through the newest first; those
    that `takes_place` at a time can be asked for by days. `parts` says which things are to be written anew when
    another model's row is saved or deleted: {model: function of the row that returns primary keys of things}.
    `answer` makes the card of a thing's primary key that fits the question best; None where there is nothing to tell.
    `asked_by` is a pattern of folded words by which a visitor asks for this kind: "doctor", "class".
    `fixed` returns Documents of what is in no table, such as list pages; each keeps its place in the list.
    """

    kind: str
    label: str
    model: type[Model] | None = None
    things: Callable[[], QuerySet] | None = None
    documents: Callable[[Model], Iterable[Document]] | None = None
    points: int = 0
    dated: bool = False
    takes_place: bool = False
    parts: dict[type[Model], Callable[[Model], Iterable[int]]] = field(default_factory=dict)
    answer: Callable[[int], Answer | None] | None = None
    asked_by: str = r"(?!)"
    fixed: Callable[[], list[Document]] | None = None


def own_path(thing):
    """Return the address of `thing` in the site's own language, whoever saves it in whatever language."""
    with override(settings.LANGUAGE_CODE):
        return thing.get_absolute_url()


def several(text):
    """Return the tuple of names that an editor has written with commas between."""
    return tuple(name for part in text.split(",") if (name := part.strip()))


_sources = {}


def register(source):
    """Add `source`, replacing one of the same kind."""
    _sources[source.kind] = source


def sources():
    """Return all sources, those of most points first."""
    return sorted(_sources.values(), key=lambda source: -source.points)


def source_of(kind):
    """Return the source of `kind`, or None where no feature has registered it."""
    return _sources.get(kind)
