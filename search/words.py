"""Words as the search compares them: without capitals and accents, by their stem.

This is done here and not in the database, so that SQLite and PostgreSQL give the same answers.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

LANGUAGES = ("en", "es")
LONGEST = 40  # characters of a word; what is longer is no word
_ALGORITHMS = {"en": snowballstemmer.stemmer("english"), "es": snowballstemmer.stemmer("spanish")}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
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
    return "".join([char for char in decomposed if char < "\u0300" or not unicodedata.combining(char)])


def words_of(text):
    """Return the words of `text` in their order, folded: "Women’s X-Ray" is ["women", "x", "ray"]."""
    return [_bare(match) for match in _WORD.findall(folded(text)) if len(match) <= LONGEST]


def joined_words_of(text):
    """Return the words of `text` that are written with a hyphen, folded and as one: "X-Ray" is ["xray"]."""
    text = folded(text)
    if "-" not in text:
        return []
    return [match.replace("-", "") for match in _HYPHENATED.findall(text) if len(match) <= LONGEST]


def stems_of(text, language):
    """Return the stems of the words of `text`, which is in `language`, in their order."""
    return [stem(word, language) for word in words_of(text)]


@lru_cache(maxsize=200_000)
def stem(word, language):
    """Return the stem of `word` (folded) by the rules of `language`; English ones for a language without rules.

    A Spanish one is marked, since by the rules of another language "career" would be "car".
    """
    stemmed = _ALGORITHMS.get(language, _ALGORITHMS["en"]).stemWord(word)
    return f"{stemmed}_es" if language == "es" else stemmed


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


def _bare(word):
    """Return `word` without the apostrophe: women’s is women, don’t is dont."""
    if word.isalnum():
        return word
    word = word.replace("’", "'")
    return word[:-2] if word.endswith("'s") else word.replace("'", "")
