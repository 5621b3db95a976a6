"""What a visitor typed, as words to look for, and how well a document fits them."""

import re
import unicodedata

MAX_WORDS = 8
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
# A number as people type it: 860-823-6389, (860) 823 6389, 823.6389, +1 860 823 6389.
_PHONE = re.compile(r"^\+?[\d\s().\-]{7,20}$")


def folded(text):
    """Return `text` in lower case without accents, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words_of(query):
    """Return the words of `query` in their order, at most MAX_WORDS, as they were typed."""
    return _WORD.findall(query)[:MAX_WORDS]


def phone_digits(query):
    """Return the digits of `query` where it reads as a phone number, without the country's 1; else None."""
    if not _PHONE.match(query.strip()):
        return None
    digits = re.sub(r"\D", "", query)
    if len(digits) == 11 and digits.startswith("1"):
        digits = digits[1:]
    return digits if 7 <= len(digits) <= 10 else None


def score(query, document):
    """Return how well `document` fits `query`; more is better.

    100 the title or an also-known-as name is the query itself; 60 one begins with it; 40 the title
    holds all words; 30 the also-known-as names do; 10 the words stand elsewhere.
    """
    wanted = folded(query).strip()
    words = [folded(word) for word in words_of(query)]
    title = folded(document.title)
    names = [title, *(name.strip() for name in folded(document.also_known_as).split(","))]
    if wanted in names:
        return 100
    if any(name.startswith(wanted) for name in names if name):
        return 60
    if all(word in title for word in words):
        return 40
    if all(word in " ".join(names) for word in words):
        return 30
    return 10
