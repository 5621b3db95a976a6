"""What a visitor asked, understood: words and what they may mean, phrases, words that must not stand there."""

import re
from dataclasses import dataclass

from .expressions import All, Phrase, Some
from .lay_words import Meaning, telling
from .numbers import digits_asked_for
from .words import LANGUAGES, STOP_WORDS, key_of, stem, words_of

LONGEST = 200  # characters that are read; what follows is left out
MOST_TERMS = 10
SHORTEST_BEGINNING = 2  # letters; fewer are the beginning of nearly everything

_PARTS = re.compile(r"""(?P<minus>(?<!\S)-)?(?:["“”«»](?P<phrase>[^"“”«»]*)["“”«»]|(?P<words>[^\s"“”«»]+))""")


@dataclass(frozen=True)
class Term:
    """One thing that is asked for: words that belong together, and what they may mean.

    `typed` are the folded words. With `exact` (a phrase in quotes) they must follow one another.
    """

    typed: tuple[str, ...]
    meanings: tuple[Meaning, ...] = ()
    exact: bool = False

    @property
    def spellings(self):
        """Return the tuples of stems of the words, one for each language whose rules differ."""
        return list(dict.fromkeys(tuple(stem(word, language) for word in self.typed) for language in LANGUAGES))

    def expression(self, *, beginning=False):
        """Return what an entry must have: the words, or one of the meanings; with `beginning`, words that begin so."""
        if self.exact:
            return Some(tuple(Phrase(stems) for stems in self.spellings))
        ways = [All(tuple(Phrase((each,)) for each in stems)) for stems in self.spellings]
        if beginning and min(map(len, self.typed)) >= SHORTEST_BEGINNING:
            ways.append(All(tuple(Phrase((word,), beginning=True) for word in self.typed)))
        ways += [All(tuple(Phrase((each,)) for each in stems)) for meaning in self.meanings for stems in meaning.stems]
        return Some(tuple(dict.fromkeys(ways)))


@dataclass(frozen=True)
class Question:
    """`text` as it was typed; `digits` where it is a telephone number; `terms` all of which are asked for."""

    text: str
    terms: tuple[Term, ...] = ()
    without: tuple[Phrase, ...] = ()
    digits: str | None = None

    @property
    def is_empty(self):
        return not self.terms and not self.digits

    @property
    def keys(self):
        """Return the keys that a name which is exactly the question has."""
        text = " ".join(word for term in self.terms for word in term.typed)
        return {key_of(text, language) for language in LANGUAGES} - {""}

    @property
    def meant_keys(self):
        """Return the keys of names that are exactly what the question means, where it is one lay word."""
        return {key for meaning in self.terms[0].meanings for key in meaning.keys} if len(self.terms) == 1 else set()

    @property
    def marked(self):
        """Return the set of stems that are to be marked where they stand."""
        own = {each for term in self.terms for stems in term.spellings for each in stems}
        return own | {
            each for term in self.terms for meaning in term.meanings for stems in meaning.stems for each in stems
        }

    def corrected(self, vocabulary):
        """Return the text with every unknown word in place of which a known one was likely meant, or None."""
        better = {}
        for term in self.terms:
            for word in term.typed:
                if (
                    not term.exact
                    and word not in vocabulary
                    and not term.meanings
                    and (meant := vocabulary.nearest(word))
                ):
                    better[word] = meant
        if not better:
            return None
        return re.sub(r"[^\W_]+(?:['’][^\W_]+)*", lambda match: _replaced(match[0], better), self.text)


def understand(text, lay_words):
    """Return the Question of `text`, whatever was typed. `lay_words` is a LayWords."""
    text = " ".join(text.replace("\0", " ")[:LONGEST].split())
    loose, terms, without = [], [], []
    for part in _PARTS.finditer(text):
        words = words_of(part["phrase"] if part["phrase"] is not None else part["words"])
        if not words:
            continue
        if part["minus"]:
            without += [Phrase(tuple(stem(word, language) for word in words)) for language in LANGUAGES]
        elif part["phrase"] is not None:
            terms.append(Term(tuple(words), exact=len(words) > 1))
        else:
            loose += words
    if not terms or any(word not in STOP_WORDS for word in loose):
        terms = [*_terms(telling(loose), lay_words), *terms]
    return Question(text, tuple(terms[:MOST_TERMS]), tuple(dict.fromkeys(without)), digits_asked_for(text))


def _terms(words, lay_words):
    """Return the Terms of `words`: those that the list of lay words knows together stay together, the longest first."""
    terms = []
    while words:
        for length in range(min(lay_words.longest, len(words)), 0, -1):
            if meanings := lay_words.of(words[:length]):
                break
        else:
            length, meanings = 1, ()
        terms.append(Term(tuple(words[:length]), meanings))
        words = words[length:]
    # "No" matters only in what the list knows: no puedo respirar.
    return [term for term in terms if term.typed != ("no",)] or terms


def _replaced(word, better):
    folded = words_of(word)
    return better.get(folded[0], word) if len(folded) == 1 else word
