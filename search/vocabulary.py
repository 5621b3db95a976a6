"""Words that a typing error may have been meant for."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .memory import Kept
from .models import LayWord, Word
from .words import words_of

SHORTEST = 4  # letters of a word that is looked at: a shorter one resembles too many
MOST_ERRORS = 3
MOST = 60_000  # words in memory, those of most things


class Vocabulary:
    """Knows words and what resembles them. `things_of` is {word: in how many things it stands}."""

    def __init__(self, things_of):
        self._things_of = things_of
        self._by_length = {}
        for word in things_of:
            self._by_length.setdefault(len(word), []).append(word)

    def __contains__(self, word):
        return word in self._things_of

    def nearest(self, word, at_most=MOST_ERRORS):
        """Return the known word that `word` was most likely meant to be, or None.

        One letter wrong, missing, doubled or two changed places count as one error each: one is allowed in a
        word of up to 5 letters, two in one of up to 9, three in a longer one. Of equally near words the one
        that begins with the same letter comes first, then the one of most things.
        """
        if len(word) < SHORTEST or not word.isalpha():
            return None
        allowed = min(1 if len(word) <= 5 else 2 if len(word) <= 9 else MOST_ERRORS, at_most)
        for errors in range(1, allowed + 1):  # few errors are found quickly, and are what most words have
            if near := self._within(word, errors):
                return min((known[0] != word[0], -self._things_of[known], known) for known in near)[-1]
        return self._parts(word)

    def _within(self, word, errors):
        """Return the known words that `word` is with at most so many errors."""
        lengths = range(len(word) - errors, len(word) + errors + 1)
        found = [
            process.extract(word, self._by_length[length], scorer=OSA.distance, score_cutoff=errors, limit=20)
            for length in lengths
            if length in self._by_length
        ]
        return [known for near in found for known, _errors, _place in near]

    def _parts(self, word):
        """Return `word` as two known words where the blank between them was forgotten, else None."""
        halves = [(word[:cut], word[cut:]) for cut in range(3, len(word) - 2)]
        known = [
            (self._things_of[first] + self._things_of[second], f"{first} {second}")
            for first, second in halves
            if first in self and second in self
        ]
        return max(known)[1] if known else None


def _load():
    things_of = {word: 1 for row in LayWord.objects.values_list("words", flat=True) for word in words_of(row)}
    things_of |= dict(Word.objects.order_by("-things", "word").values_list("word", "things")[:MOST])
    return Vocabulary(things_of)


VOCABULARY = Kept("vocabulary", _load)
