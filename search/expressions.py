"""What is to be looked for, in a form that both databases' languages can be written from."""

from dataclasses import dataclass


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


def kind_mark(kind):
    return f"k:{kind}"


def topic_mark(slug):
    return f"t:{slug}"


def not_for_mark(language):
    """Return the mark of what visitors in `language` are not to find: of few, where the opposite would be of most."""
    return f"x:{language}"


TIMELESS = "g:timeless"
