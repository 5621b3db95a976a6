"""What a name says: its words without those that say nothing here, and the other names that stand in it."""

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings

from search.words import GENERIC_WORDS, STOP_WORDS, words_of

FEWEST_OF_COMMON = 4  # different numbers; the share below counts where there are many contacts
SHARE_OF_COMMON = 25

# "X-Ray / Diagnostic Imaging", "Maternity (Birthing Center)": each part is a name. What follows a comma only
# says more of what stands before it: "Hospice, Southeastern Connecticut".
_APART = re.compile(r"[/()|;]")


@dataclass(frozen=True)
class Name:
    """The `words` of a name that is not empty, those of them that are `telling`, and `parts`, Names without parts.

    `telling` is empty where the name has only words that many names have, such as the hospital's own.
    """

    words: frozenset
    telling: frozenset
    joined: frozenset = frozenset()
    parts: tuple = ()


class Names:
    """Reads names among the names of `contacts`: what stands with many different numbers tells nothing."""

    def __init__(self, contacts):
        numbers_of = defaultdict(set)
        self._words = {}
        for contact in contacts:
            for word in self.words(contact.name):
                numbers_of[word].update(value for _kind, value in contact.numbers)
        most = max(FEWEST_OF_COMMON, len(contacts) // SHARE_OF_COMMON)
        self._common = {word for word, numbers in numbers_of.items() if len(numbers) >= most}
        self._common |= set(words_of(f"{settings.SITE_NAME} {settings.SITE_PLACE}"))
        self._read = {}

    def words(self, text):
        """Return the words of `text` as a set; each text is looked through once."""
        if text not in self._words:
            self._words[text] = frozenset(words_of(text))
        return self._words[text]

    def read(self, text):
        """Return the Name of `text`, None where it has no word."""
        if text not in self._read:
            self._read[text] = self._name(text)
        return self._read[text]

    def _name(self, text):
        whole = self._bare(text)
        if whole is None:
            return None
        pieces = [piece for piece in _APART.split(text) if piece.strip()]
        first, comma, _rest = text.partition(",")
        pieces = pieces if len(pieces) > 1 else [first] if comma else []
        parts = (self._bare(piece.partition(",")[0]) for piece in pieces)
        return Name(whole.words, whole.telling, whole.joined, tuple(part for part in parts if part))

    def _bare(self, text):
        said = words_of(text)
        words = [word for word in said if word not in STOP_WORDS and word not in GENERIC_WORDS] or said
        if not words:
            return None
        telling = [word for word in words if word not in self._common]
        # "Anti- Coagulation" is also "anticoagulation", "X-Ray" also "xray".
        joined = {first + second for first, second in pairwise(said) if first in telling and second in telling}
        return Name(frozenset(words), frozenset(telling), frozenset(joined))
