"""An editor's own answer to a question, on top of the results."""

from dataclasses import dataclass

from .memory import Kept, recall
from .models import BestBet, Entry
from .words import key_of


@dataclass(frozen=True)
class BestAnswer:
    """What stands on top. `path` is the address for this visitor, `entry` the page's row in the index.

    `title` and `note` are the editor's, or the page's own title and summary. `language` is that of what the
    editor wrote; the page's where he wrote nothing.
    """

    title: str
    note: str
    path: str
    entry: Entry
    language: str


def best_bet_for(question, language, bets_of=None, *, at=None):
    """Return the BestAnswer to `question` (a Question) for a visitor in `language`, or None.

    A best bet fits where the key of one of its lines is that of the question. One in the visitor's language goes
    before others. It is shown only while its page is public at `at` (default: the page's instant) and is one
    that this visitor would find. `bets_of` is what `by_key` returns: Found.bets; None: those that are stored now.
    """
    if bets_of is None:
        (bets_of,) = recall(BEST_BETS)
    bets = list(bets_of.get(question.key, ()))
    if not bets:
        return None
    entries = {
        entry.path: entry
        for entry in Entry.objects.shown(at).filter(path__in={bet.path for bet in bets}).defer("text")
        if language in entry.serves
    }
    bets.sort(key=lambda bet: (bet.language != language, bet.pk or 0))
    return next((_answer(bet, entries[bet.path], language) for bet in bets if bet.path in entries), None)


def _answer(bet, entry, language):
    return BestAnswer(
        title=bet.title or entry.title,
        note=bet.note or entry.summary,
        path=entry.path_for(language),
        entry=entry,
        language=bet.language if bet.title or bet.note else entry.language,
    )


def by_key(bets):
    """Return {key: list of the BestBets of which a line has it}."""
    bets_of = {}
    for bet in bets:
        for key in {key_of(line) for line in bet.lines} - {""}:
            bets_of.setdefault(key, []).append(bet)
    return bets_of


def _load():
    return by_key(BestBet.objects.order_by("pk"))


BEST_BETS = Kept("best bets", _load)
