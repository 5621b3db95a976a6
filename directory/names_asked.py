"""Whom somebody means who typed a name: accents, order and a small error are forgiven."""

from rapidfuzz.distance import OSA

from search.words import words_of

LEFT_OUT = {"dr", "dra", "doctor", "doctora", "mr", "mrs", "ms"}
LETTERS_AN_ERROR = 4  # one of so many letters may be wrong: "Curie" is Currie, "Lee" is not Lea


def fitting(asked, names):
    """Return (keys, as_typed) of those of `names`, pairs of (key, name), whom `asked` may mean; all for no words.

    Somebody is meant if each word typed stands in the name. Where nobody is, and then `as_typed` is False, those are
    of whose words each typed one is nearly the beginning.
    """
    typed = [word for word in words_of(asked) if word not in LEFT_OUT]
    split = [(key, words_of(name)) for key, name in names]
    exactly = [key for key, words in split if all(any(part in word for word in words) for part in typed)]
    if exactly:
        return exactly, True
    return [key for key, words in split if all(any(_nearly(part, word) for word in words) for part in typed)], False


def _nearly(typed, word):
    errors = len(typed) // LETTERS_AN_ERROR
    if not errors:
        return word.startswith(typed)
    # What is typed may be longer or shorter by its error than what it begins.
    return any(
        OSA.distance(typed, word[: len(typed) + more], score_cutoff=errors) <= errors
        for more in range(-errors, errors + 1)
    )
