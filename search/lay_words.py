"""The list of lay words, as the search uses it."""

from dataclasses import dataclass

from .memory import Kept
from .models import LayWord
from .words import LANGUAGES, STOP_WORDS, stem, words_of


@dataclass(frozen=True)
class Meaning:
    """One of the things that a lay word may mean, and the stems of its words by each language's rules."""

    said: str
    stems: tuple[tuple[str, ...], ...]


class LayWords:
    """Finds the meanings of words. `rows` are triples of (words, their language, list of meanings)."""

    def __init__(self, rows):
        self._meanings = {}
        self._as_written = {}
        for words, language, meanings in rows:
            written = tuple(telling(words_of(words)))
            span = tuple(stem(word, language) for word in written)
            understood = {meaning: meaning_of(meaning) for meaning in meanings}
            self._meanings.setdefault(span, {}).update(understood)
            self._as_written.setdefault(written, {}).update(understood)
        self._meanings.pop((), None)
        self.longest = max((len(span) for span in self._meanings), default=0)

    def of(self, words):
        """Return the tuple of Meanings of `words`, a list of folded words; empty where the list does not have them.

        First come those of a row that is written just so: "operadora" has the stem of "operación".
        """
        found = dict(self._as_written.get(tuple(words), {}))
        for language in LANGUAGES:
            found.update(self._meanings.get(tuple(stem(word, language) for word in words), {}))
        return tuple(found.values())


def meaning_of(text):
    """Return the Meaning of `text`, a word or a phrase in whatever language."""
    words = telling(words_of(text))
    spellings = dict.fromkeys(tuple(stem(word, language) for word in words) for language in LANGUAGES)
    return Meaning(text, tuple(spellings))


def telling(words):
    """Return those of `words` that say something; all of them where none does."""
    return [word for word in words if word not in STOP_WORDS] or list(words)


def _load():
    return LayWords((row.words, row.language, row.meanings) for row in LayWord.objects.all())


LAY_WORDS = Kept("lay words", _load)
