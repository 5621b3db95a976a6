"""Words that a typing error may have been meant for."""

from string import ascii_lowercase

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
        self._by_ends = {}
        for word in things_of:
            self._by_ends.setdefault((len(word), 0, word[0]), []).append(word)
            self._by_ends.setdefault((len(word), -1, word[-1]), []).append(word)

    def __contains__(self, word):
        return word in self._things_of

    def nearest(self, word, at_most=MOST_ERRORS):
        """Return the known word that `word` was most likely meant to be, or None."""
        return next(iter(self.near(word, at_most)), None)

    def near(self, word, at_most=MOST_ERRORS):
        """Return the known words that `word` may have been meant to be and that are equally near, the likeliest first.

        One letter wrong, missing, doubled or two changed places count as one error each: one is allowed in a
        word of up to 5 letters, two in one of up to 9, three in a longer one. Of equally near words the one
        that begins with the same letter comes first, then the one of most things. Where there are several
        errors the first letter or the last one has to be right, so that not every word need be compared.
        """
        if len(word) < SHORTEST or not word.isalpha():
            return []
        allowed = min(1 if len(word) <= 5 else 2 if len(word) <= 9 else MOST_ERRORS, at_most)
        if near := self._with_one_error(word) or self._with_errors(word, allowed):
            return sorted(near, key=lambda known: (known[0] != word[0], -self._things_of[known], known))
        return self._parts(word)

    def _with_one_error(self, word):
        """Return the known words that `word` is with one error in a letter from a to z: what most typing errors are.

        All that one error makes of a word are some hundreds, and whether each is known is quickly seen.
        """
        halves = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
        made = {first + second[1:] for first, second in halves}
        made |= {first + second[1] + second[0] + second[2:] for first, second in halves if len(second) > 1}
        for letter in ascii_lowercase:
            made |= {first + letter + second for first, second in halves}
            made |= {first + letter + second[1:] for first, second in halves}
        return made & self._things_of.keys()

    def _with_errors(self, word, at_most):
        """Return the known words that `word` is with the fewest errors, no more than so many."""
        found = []
        for length in range(len(word) - at_most, len(word) + at_most + 1):
            for end in (0, -1):
                known = self._by_ends.get((length, end, word[end]), ())
                found += process.extract(word, known, scorer=OSA.distance, score_cutoff=at_most, limit=20)
        fewest = min((errors for _known, errors, _place in found), default=0)
        return {known for known, errors, _place in found if errors == fewest}

    def _parts(self, word):
        """Return `word` as two known words where the blank between them was forgotten, in a list; else []."""
        halves = [(word[:cut], word[cut:]) for cut in range(3, len(word) - 2)]
        known = [
            (self._things_of[first] + self._things_of[second], f"{first} {second}")
            for first, second in halves
            if first in self and second in self
        ]
        return [max(known)[1]] if known else []


def _load():
    things_of = {word: 1 for row in LayWord.objects.values_list("words", flat=True) for word in words_of(row)}
    things_of |= dict(Word.objects.order_by("-things", "word").values_list("word", "things")[:MOST])
    return Vocabulary(things_of)


VOCABULARY = Kept("vocabulary", _load)
