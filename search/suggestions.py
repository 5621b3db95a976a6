"""What is offered while somebody types, grouped by kind."""

from dataclasses import dataclass

from .engine import suggest
from .words import words_of

FEWEST_LETTERS = 2
MOST = 8


@dataclass(frozen=True)
class Suggestion:
    """One thing that may be meant. `number` is its place in the whole list, from 1; `path` leads to it."""

    number: int
    title: str
    hint: str
    path: str
    language: str


def suggestions_for(text, language):
    """Return the Suggestions for `text` as a list of (kind's name, the name of the kind, its Suggestions).

    The kind of the best one comes first. Empty before there are two letters or digits.
    """
    if sum(len(word) for word in words_of(text)) < FEWEST_LETTERS:
        return []
    groups = {}
    for result in suggest(text, language=language, limit=MOST):
        groups.setdefault(result.source.kind, (result.source.label, []))[1].append(result)
    number = 0
    listed = []
    for kind, (label, results) in groups.items():
        suggestions = []
        for result in results:
            number += 1
            suggestions.append(_suggestion(number, result.entry, language))
        listed.append((kind, label, suggestions))
    return listed


def _suggestion(number, entry, language):
    return Suggestion(
        number, entry.title, entry.phone[1] if entry.phone else "", entry.path_for(language), entry.language
    )
