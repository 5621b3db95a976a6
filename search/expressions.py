"""What is to be looked for, in a form that both databases' languages can be written from."""

from dataclasses import dataclass

BETWEEN = ":"  # stands between two texts of an entry, so that no phrase reaches from one into the next


@dataclass(frozen=True)
class Phrase:
    """Stems that follow one another; with `beginning`, the last is only how a word begins."""

    stems: tuple[str, ...]
    beginning: bool = False


@dataclass(frozen=True)
class All:
    parts: tuple


@dataclass(frozen=True)
class Some:
    """At least one of the parts."""

    parts: tuple


@dataclass(frozen=True)
class Scope:
    """Among which entries: each of `required` is a set of marks of which one must be there; `refused` must not."""

    required: tuple[frozenset[str], ...] = ()
    refused: str | None = None


def kind_mark(kind):
    return f"k:{kind}"


def topic_mark(slug):
    return f"t:{slug}"


def not_for_mark(language):
    """Return the mark of what visitors in `language` are not to find: of few, where the opposite would be of most."""
    return f"n:{language}"


DATED, TIMELESS = "g:dated", "g:timeless"
