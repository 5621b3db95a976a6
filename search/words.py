"""Words as the search compares them: without capitals and accents, by their stem.

This is done here and not in the database, so that SQLite and PostgreSQL give the same answers.
"""

import re
import unicodedata

import snowballstemmer

LANGUAGES = ("en", "es")
LONGEST = 40  # characters of a word; what is longer is no word
MOST_STEMS = 100_000  # of a language, in memory
_WORD = re.compile(r"[^\W_]+")
_APART = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))  # for str.translate
# Women's is women, don't is dont. What stands before is looked at last, since a sign is quickly found.
_POSSESSIVE = re.compile(r"'s(?<=[^\W_]'s)(?![^\W_]|'[^\W_])")
_APOSTROPHE = re.compile(r"'(?<=[^\W_]')(?=[^\W_])")
# A word with a hyphen is also found written as one: X-ray, xray.
_HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")

# Words that say nothing of what is looked for, in both languages.
STOP_WORDS = frozenset(
    """
    a about am an and any are as at be been by can could did do does for from get give had has have he her here him
    his how i if in into is it its just like looking make many me much my need of on or our out please she
    should so some take tell than that the their them there these they this to us want was we what when where which
    who whom whose why will with would you your
    al algo alguna alguno como con cual cuales cuando cuanto de del desde donde el ella ellos en es esta estan estar
    este esto hay he la las le les lo los me mi mis muy necesito nos o para pero por porque puedo que quien quiero
    se ser si sin sobre son su sus te tener tengo tiene un una uno unos unas y ya yo
    """.split()  # noqa: SIM905 (a list of 150 lines is no better to read)
)

# Words of which names are full, and which are left out as often as not: Cardiology, Cardiology Clinic.
GENERIC_WORDS = frozenset(
    """
    center centre clinic department office program programs service services unit
    centro clinica departamento oficina programa programas servicio servicios unidad
    """.split()  # noqa: SIM905 (the same)
)


def folded(text):
    """Return `text` in lower case without accents, for comparing."""
    if text.isascii():  # most texts: several times as quick
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    accents = [char for char in set(decomposed) if char >= "\u0300" and unicodedata.combining(char)]
    return decomposed.translate(dict.fromkeys(map(ord, accents))) if accents else decomposed


def words_of(text):
    """Return the words of `text` in their order, folded: "Women’s X-Ray" is ["women", "x", "ray"]."""
    text = folded(text).replace("’", "'")
    if "'" in text:
        text = _APOSTROPHE.sub("", _POSSESSIVE.sub("", text))
    words = text.translate(_APART).split() if text.isascii() else _WORD.findall(text)  # the one is thrice as quick
    return [word for word in words if len(word) <= LONGEST]


def joined_words_of(text):
    """Return the words of `text` that are written with a hyphen, folded and as one: "X-Ray" is ["xray"]."""
    text = folded(text)
    if "-" not in text:
        return []
    return [match.replace("-", "") for match in _HYPHENATED.findall(text) if len(match) <= LONGEST]


def stems_of(text, language):
    """Return the stems of the words of `text`, which is in `language`, in their order."""
    return list(map(_stems(language).__getitem__, words_of(text)))


def stem(word, language):
    """Return the stem of `word` (folded) by the rules of `language`; English ones for a language without rules.

    A Spanish one is marked, since by the rules of another language "career" would be "car".
    """
    return _stems(language)[word]


class _Stems(dict):
    """The stems of words by the rules of one language, each made once; a dict, since nothing else is as quick."""

    def __init__(self, algorithm, sign):
        super().__init__()
        self._algorithm = algorithm
        self._sign = sign

    def __missing__(self, word):
        if len(self) >= MOST_STEMS:
            self.clear()
        self[word] = stemmed = self._algorithm.stemWord(word) + self._sign
        return stemmed


_STEMS = {
    "en": _Stems(snowballstemmer.stemmer("english"), ""),
    "es": _Stems(snowballstemmer.stemmer("spanish"), "_es"),
}


def _stems(language):
    return _STEMS.get(language, _STEMS["en"])


def key_of(text):
    """Return `text` for comparing names: its words that say something, singular, in one order whatever it was.

    "Center for Wound Healing" and "wound healing" have one key. "" where there is no word. Words are not stemmed
    here, since an operator is no operation.
    """
    words = words_of(text)
    telling = [word for word in words if word not in STOP_WORDS] or words
    telling = [word for word in telling if word not in GENERIC_WORDS] or telling
    return " ".join(sorted({_singular(word) for word in telling}))


def _singular(word):
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
