"""Trying a search out, as an editor does: what a visitor would see, and what a change would make of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .best_bets import BestAnswer, best_bet_for, by_key
from .engine import Found, find

MOST_SHOWN = 10


@dataclass(frozen=True)
class Line:
    """One result at its `place`, the first being 1. `mark` says in words how it came there; "" where it stayed."""

    place: int
    result: object
    address: str
    mark: str = ""


@dataclass(frozen=True)
class Trial:
    """What a visitor who reads `language` and types `text` would see: `best` on top, then the `lines`."""

    text: str
    language: str
    found: Found
    best: BestAnswer | None
    lines: list

    @property
    def more(self):
        """Return how many results stand below those that are shown."""
        return len(self.found.results) - len(self.lines)


@dataclass(frozen=True)
class Comparison:
    """What a visitor sees now, and what he would see."""

    before: Trial
    after: Trial

    @property
    def same(self):
        return _ranks(self.before) == _ranks(self.after) and _top(self.before) == _top(self.after)

    @property
    def best_differs(self):
        return _top(self.before) != _top(self.after)


def attempt(text, language, *, lay=None, bets=None, among_best=MOST_SHOWN):
    """Return the Trial of `text`. `lay` (LayWords) and `bets` (BestBets) are tried in place of the stored ones.

    It is not counted: only visitors miss something.
    """
    found = find(text, language=language, lay=lay)
    best = best_bet_for(found.looked_for, language, found.bets if bets is None else by_key(bets))
    lines = [
        Line(place, result, result.entry.path_for(language))
        for place, result in enumerate(found.results[:among_best], start=1)
    ]
    return Trial(text, language, found, best, lines)


def compare(text, language, *, lay=None, bets=None):
    """Return the Comparison of what is stored with `lay` or `bets`, each result marked with what becomes of it."""
    before, after = attempt(text, language), attempt(text, language, lay=lay, bets=bets)
    then, now = _ranks(after), _ranks(before)
    return Comparison(
        _marked(before, lambda line: "" if line.result.pk in then else _("would go")),
        _marked(after, lambda line: _moved(line.place, now.get(line.result.pk))),
    )


def _moved(place, before):
    if before is None:
        return _("new")
    if before == place:
        return ""
    return (_("up, was %d") if place < before else _("down, was %d")) % before


def _marked(trial, mark):
    lines = [Line(line.place, line.result, line.address, mark(line)) for line in trial.lines]
    return Trial(trial.text, trial.language, trial.found, trial.best, lines)


def _ranks(trial):
    """Return {entry's id: place} of all results, also of those that are not shown."""
    return {result.pk: place for place, result in enumerate(trial.found.results, start=1)}


def _top(trial):
    return trial.best and (trial.best.title, trial.best.note, trial.best.path)
