"""Find what answers a visitor's question, among all that is public."""

import re
from dataclasses import replace

from django.utils.translation import get_language

from publishing.instant import now

from .best_bets import BEST_BETS
from .expressions import All, Some
from .found import Found
from .lay_words import LAY_WORDS
from .lookup import Lookup
from .memory import recall
from .questions import understand
from .sources import sources
from .stores import store
from .vocabulary import VOCABULARY

CLEARLY_BETTER = 100  # points
MOST_FOR_SUGGESTIONS = 60  # rows that are ranked, of which a few are shown
# The last word while only its first letter is typed: it tells nothing yet, and would find "PA-C" for "care c".
_ONE_LETTER = re.compile(r"(?<=\S)\s+[^\W\d]$")


def find(text, *, language=None, among=(), kind="", topic="", between=(None, None), as_typed=False, at=None, lay=None):
    """Return the Found for `text`, as a visitor in `language` (default: the page's) may see it at `at`.

    `among` are the kinds that are looked through; empty: all. `kind` and `topic` (a slug) are filters: they
    narrow the results, and what else was found is still counted. `between` are two aware datetimes, or None: of
    what takes place at a time, only what does so after the first and before the second is found; what has no such
    time is not touched. With `as_typed` no typing error is mended.
    `lay` is a LayWords to use in place of the stored ones, for trying out a change.

    First all the words are looked for, with what the list of lay words says they mean. Where nothing has
    them all: as beginnings of the words of a name; then with typing errors mended; then as beginnings
    anywhere; then only some of the words.
    """
    stored, known, bets = recall(LAY_WORDS, VOCABULARY, BEST_BETS)
    with store().looking() as look:
        lookup = Lookup(
            look,
            language=language or get_language(),
            at=at or now(),
            among=among,
            kind=kind,
            topic=topic,
            between=between,
        )
        return replace(_found(text, lookup, lay or stored, known, as_typed=as_typed), bets=bets)


def _found(text, lookup, lay_words, known, *, as_typed):
    """Return the Found of the first way of looking that finds something."""
    question = _understood(text, lay_words)
    if question.is_empty:
        return Found(question)
    named = lookup.named(question)
    found = _numbered(lookup, question) or _all_words(lookup, question, named)
    if not found.results and (ended := lookup.ended_number(question)):  # after words: 2021 is a year
        return ended
    mended = Found(question) if as_typed else _mended(lookup, question, lay_words, known)
    if found.fits:
        return _likelier(found, mended)
    # Among several words one that is nearly right is an error; alone it may be the beginning of a name.
    if mended.fits and len(question.words) > 1 and mended.instead == question.corrected(known, at_most=1):
        return mended
    if (begun := _beginnings(lookup, question, names_only=True, named=named)).fits:
        return begun
    if mended.fits:
        return mended
    if (anywhere := _beginnings(lookup, question)).fits:
        return anywhere
    return _some_words(lookup, question)


def _likelier(found, mended):
    """Return what is shown where the question as it was typed has `found` something, and `mended` fits by name.

    A word that nobody knows and that fits a name all the same does so by its stem, which "handly" shares with
    "hand": then the better one is shown. What fits by its text only stands there as it was typed.
    """
    if not found.results or not mended.results or not mended.results[0].fits_by_name:
        return found
    if not found.results[0].fits_by_name:
        return replace(found, meant=mended.instead)
    return mended if mended.results[0].score >= found.results[0].score + CLEARLY_BETTER else found


def suggest(text, *, language=None, among=(), limit=8):
    """Return the Results, at most `limit`, whose names answer `text` while it is still being typed.

    `among` are the kinds that are looked through; empty: all.
    """
    lay_words, known = recall(LAY_WORDS, VOCABULARY)
    question = _understood(_ONE_LETTER.sub("", text), lay_words)
    if question.is_empty:
        return []
    with store().looking() as look:
        lookup = Lookup(
            look, language=language or get_language(), at=now(), among=among, most=MOST_FOR_SUGGESTIONS, together=limit
        )
        return _suggested(question, lookup, lay_words, known).results[:limit]


def _suggested(question, lookup, lay_words, known):
    """Return the Found of the first way of looking among names that finds something."""
    found = _numbered(lookup, question) or _begun_names(lookup, question)
    if not found.results:
        found = lookup.ended_number(question) or found
    if not found.results and (corrected := question.corrected(known)):
        found = _begun_names(lookup, _understood(corrected, lay_words))
    return found


def _numbered(lookup, question):
    return lookup.numbered(question) or lookup.begun_number(question) or lookup.with_extension(question)


def _understood(text, lay_words):
    return understand(text, lay_words, "|".join(source.asked_by for source in sources()))


def _all_words(lookup, question, named):
    """Return the Found of what has every term of `question`."""
    return lookup.matching(question, All(tuple(term.expression() for term in question.terms)), named=named)


def _mended(lookup, question, lay_words, known):
    """Return the Found of the likeliest correction of `question` that finds anything where is looked."""
    for corrected in question.corrections(known):
        meant = _understood(corrected, lay_words)
        mended = _all_words(lookup, meant, lookup.named(meant))
        if mended.fits:
            return replace(mended, question=question, instead=corrected)
    return Found(question)


def _beginnings(lookup, question, *, names_only=False, named=None):
    """Return the Found of what has words, of names or anywhere, that begin as the words of `question`."""
    expression = All(tuple(term.expression(beginning=True) for term in question.terms))
    return lookup.matching(question, expression, names_only=names_only, named=named)


def _begun_names(lookup, question):
    return _beginnings(lookup, question, names_only=True, named=lookup.named(question))


def _some_words(lookup, question):
    """Return the Found of what has at least one term of `question` that tells something."""
    if len(question.terms) < 2:
        return Found(question)
    telling = tuple(term for term in question.terms if not term.is_generic) or question.terms
    expression = Some(tuple(term.expression() for term in telling))
    return replace(lookup.matching(replace(question, terms=telling), expression), question=question, loosely=True)
