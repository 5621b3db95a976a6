"""The words that were looked for, marked where they stand, and the piece of a text that holds most of them."""

import re
from collections import Counter
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join

from .words import joined_words_of, stem, words_of

LENGTH = 180  # characters of a snippet
BEFORE = 40  # of them, at most, before the first word that is marked
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ACCENTED = {"a": "aáàâäã", "c": "cç", "e": "eéèêë", "i": "iíìîï", "n": "nñ", "o": "oóòôöõ", "u": "uúùûü"}


@dataclass(frozen=True)
class Place:
    """Where in a text a word stands that was looked for."""

    start: int
    end: int
    word: str
    stem: str = ""


class Marker:
    """Marks words of these `stems` in a text of this `language`, and words that begin as one of `beginnings`.

    `phrases` are tuples of stems that are marked only in a text that has all of one.
    """

    def __init__(self, stems, language, beginnings=(), phrases=()):
        self.own = frozenset(stems)
        self.phrases = [frozenset(phrase) for phrase in phrases]
        self.stems = self.own.union(*self.phrases)
        self.language = language
        self.beginnings = tuple(beginnings)
        openings = {_opening(each) for each in self.stems} | {*self.beginnings}
        # A quick look for what may be such a word; what is found is then compared by its stem.
        self._candidates = openings and re.compile(
            rf"(?<![^\W_])(?:{'|'.join(sorted(_loosely(each) for each in openings))})(?:['’-]?[^\W_])*", re.IGNORECASE
        )

    def places(self, text):
        """Return the Places of the words in `text`, in their order."""
        if not self._candidates:
            return []
        places = [place for match in self._candidates.finditer(text) for place in self._places_in(match)]
        there = {place.stem for place in places}
        wanted = self.own.union(*(phrase for phrase in self.phrases if phrase <= there))
        return [place for place in places if place.stem in wanted or place.word.startswith(self.beginnings)]

    def marked(self, text):
        """Return `text` as HTML, with every word that was looked for in a mark element and all else escaped."""
        return _written(text, self.places(text))

    def snippet(self, summary, text):
        """Return as HTML what is shown of a thing below its title, with the words marked.

        The summary where one of the words stands in it; else the piece of the text that holds most of them;
        where neither has any, the summary, or the opening of the text.
        """
        if in_summary := self.places(summary):
            return _written(summary, in_summary)
        in_text = self.places(text)
        if not in_text:
            return format_html("{}", summary or _shortened(text, 0, LENGTH))
        begin, end = _piece(text, in_text)
        inside = [Place(p.start - begin, p.end - begin, p.word) for p in in_text if begin <= p.start and p.end <= end]
        piece = _written(text[begin:end], inside)
        return format_html("{}{}{}", "… " if begin else "", piece, " …" if end < len(text) else "")

    def _places_in(self, match):
        joined = joined_words_of(match[0])
        if joined and self._is_wanted(joined[0]):
            return [self._place(match.start(), match.end(), joined[0])]
        return [
            self._place(match.start() + word.start(), match.start() + word.end(), folded[0])
            for word in _WORD.finditer(match[0])
            if (folded := words_of(word[0])) and self._is_wanted(folded[0])
        ]

    def _place(self, start, end, word):
        return Place(start, end, word, stem(word, self.language))

    def _is_wanted(self, word):
        return stem(word, self.language) in self.stems or word.startswith(self.beginnings)


def markers_of(question, language):
    """Return two Markers for a text of `language`: of the words of a Question, and of what begins as they do too."""
    own = {each for term in question.terms for stems in term.spellings for each in stems}
    meant = [stems for term in question.terms for meaning in term.meanings for stems in meaning.stems if stems]
    beginnings = {word for term in question.terms for word in term.typed if len(word) > 1 and not term.exact}
    return Marker(own, language, (), meant), Marker(own, language, sorted(beginnings), meant)


def _opening(stem_):
    """Return the letters that all words of a stem begin with, but for a few: cardiology of cardiolog, skies of sky."""
    return stem_[: 3 if len(stem_) > 4 else max(1, min(2, len(stem_) - 1))]


def _loosely(letters):
    """Return a pattern for `letters` with accents or without, and with hyphens between: X-ray for xray."""
    return "-?".join(f"[{_ACCENTED[each]}]" if each in _ACCENTED else re.escape(each) for each in letters)


def _piece(text, places):
    """Return (begin, end) of the piece of `text` with the most different words of `places`, the earliest of several."""
    best, most, last, within = places[0], 0, 0, Counter()
    for place in places:
        while last < len(places) and places[last].end <= place.start + LENGTH - BEFORE:
            within[places[last].word] += 1
            last += 1
        if len(within) > most:
            best, most = place, len(within)
        within -= Counter([place.word])
    return _bounds(text, best.start - BEFORE, best.end)


def _bounds(text, begin, keep):
    """Return (begin, end) of a piece of `text` from about `begin` that cuts no word and holds what ends at `keep`."""
    if begin <= 0:
        begin = 0
    else:
        blank = text.find(" ", begin)
        begin = begin if blank < 0 or blank >= keep else blank + 1
    end = begin + LENGTH
    if end >= len(text):
        return begin, len(text)
    blank = text.rfind(" ", begin, end + 1)
    return begin, blank if blank >= keep else end


def _shortened(text, begin, length):
    begin, end = _bounds(text, begin, begin)
    piece = text[begin:end]
    return f"{piece} …" if end < len(text) and piece else piece


def _written(text, places):
    """Return `text` as HTML with a mark element around each of `places`."""
    pieces, at = [], 0
    for place in places:
        pieces += [text[at : place.start], format_html("<mark>{}</mark>", text[place.start : place.end])]
        at = place.end
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[at:]]))
