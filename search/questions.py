"""What a visitor asked, understood: words and what they may mean, phrases, words that must not stand there."""

import re
from dataclasses import dataclass
from itertools import pairwise

from .expressions import All, Phrase, Some
from .lay_words import Meaning, telling
from .numbers import Number, number_in
from .vocabulary import MOST_ERRORS
from .words import GENERIC_WORDS, LANGUAGES, STOP_WORDS, key_of, stem, words_of

LONGEST = 200  # characters that are read; what follows is left out
MOST_TERMS = 10
MOST_CORRECTIONS = 3
SHORTEST_BEGINNING = 2  # letters; fewer are the beginning of nearly everything

# Words that are left out where there are others: they say what to do with the answer, or stand in any question.
WEAK_WORDS = frozenset(
    """
    anyone ask call called calling contact find help helps hospital hour hours info information know near nearest no not
    number numbers open phone question questions schedule search see show site somebody someone speak speaking speaks
    talk telephone use used using website
    abierto alguien ayuda ayudar buscar busco cerca contacto habla hablan hablar hora horario horarios horas
    informacion llamar llamo numero numeros pagina pregunta saber sitio telefono telefonos ver
    """.split()  # noqa: SIM905 (a list of so many lines is no better to read)
)
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

    @property
    def is_generic(self):
        """Return whether names are full of its words: "office", "services"."""
        return not self.meanings and all(word in GENERIC_WORDS for word in self.typed)

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
    """`text` as it was typed; `words` all its words, folded; `number` a telephone number in it, or None.

    All of the `terms` are asked for; what has one of `without` is not wanted.
    """

    text: str
    words: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    without: tuple[Phrase, ...] = ()
    number: Number | None = None

    @property
    def is_empty(self):
        return not self.terms and not self.number

    @property
    def key(self):
        """Return the key that a name which is exactly the question has."""
        return key_of(" ".join(self.words))

    def asks_by(self, pattern):
        """Return whether one of the words is matched whole by `pattern`."""
        return any(re.fullmatch(pattern, word) for word in self.words)

    def corrections(self, vocabulary, at_most=MOST_ERRORS):
        """Return the texts with known words in place of unknown ones with `at_most` so many errors, likeliest first.

        A blank within a known word is such an error, and the only one that is then looked for.
        """
        doubtful = [word for term in self.terms if not term.exact and not term.meanings for word in term.typed]
        meant = {word: vocabulary.near(word, at_most) for word in doubtful if word not in vocabulary}
        near = {word: known for word, known in meant.items() if known}
        joined = _joined(self.text, set(doubtful), vocabulary)
        if not near or joined:
            return [joined] if joined else []
        most = min(MOST_CORRECTIONS, max(map(len, near.values())))
        ways = [{word: known[min(way, len(known) - 1)] for word, known in near.items()} for way in range(most)]
        return [_with_better(self.text, better) for better in ways]

    def corrected(self, vocabulary, at_most=MOST_ERRORS):
        """Return the likeliest of the corrections; None for none."""
        return next(iter(self.corrections(vocabulary, at_most)), None)


def understand(text, lay_words, asking=r"(?!)"):
    """Return the Question of `text`, whatever was typed. `lay_words` is a LayWords.

    `asking` is a pattern of words that ask for a kind of thing: like WEAK_WORDS they are left out beside others.
    """
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
        terms = [*_terms(telling(loose), lay_words, asking), *terms]
    typed = [word for word in loose if word not in STOP_WORDS] or loose
    words = (*typed, *(word for term in terms if term.exact for word in term.typed))
    return Question(text, words, tuple(terms[:MOST_TERMS]), tuple(dict.fromkeys(without)), number_in(text))


def _terms(words, lay_words, asking):
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
    weak = re.compile(rf"{asking}|{'|'.join(sorted(WEAK_WORDS))}")
    strong = [term for term in terms if not all(weak.fullmatch(word) for word in term.typed)]
    return strong if any(not term.is_generic for term in strong) else terms


def _with_better(text, better):
    return re.sub(r"[^\W_]+(?:['’][^\W_]+)*", lambda match: _replaced(match[0], better), text)


def _replaced(word, better):
    folded = words_of(word)
    return better.get(folded[0], word) if len(folded) == 1 else word


def _joined(text, doubtful, vocabulary):
    """Return `text` without the first blank that parts a known word, "anti coagulation"; None where none does."""
    parts = text.split()
    words = [words_of(part) for part in parts]
    for place, (one, next_one) in enumerate(pairwise(words)):
        unknown = [word for word in (*one, *next_one) if word in doubtful and word not in vocabulary]
        if unknown and len(one) == len(next_one) == 1 and one[0] + next_one[0] in vocabulary:
            return " ".join([*parts[:place], one[0] + next_one[0], *parts[place + 2 :]])
    return None
