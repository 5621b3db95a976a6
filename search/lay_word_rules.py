"""What a row of the list of lay words must be, however it comes in: by the form or by a file."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .lay_words import telling
from .models import LayWord
from .words import stem, words_of

LONGEST_WORDS = LayWord._meta.get_field("words").max_length
LONGEST_MEANS = LayWord._meta.get_field("means").max_length

# (ending of a plural, that of its singular), the first that fits.
_PLURALS = {
    "en": [(re.compile(r"ies$"), "y"), (re.compile(r"(?<=[sxz])es$|(?<=[cs]h)es$|(?<![siu])s$"), "")],
    "es": [(re.compile(r"ces$"), "z"), (re.compile(r"(?<=[djlnr])es$|(?<![siu])s$"), "")],
}


@dataclass(frozen=True)
class Row:
    """One row as it is stored: no blank too many, the meanings with "; " between."""

    words: str
    means: str
    language: str

    @property
    def sameness(self):
        return sameness_of(self.words, self.language)


def sameness_of(words, language):
    """Return what is equal for two rows of which one says nothing new: capitals, accents and plurals make no other."""
    return language, tuple(_singular(word, language) for word in words_of(words))


def tidied(words, means, language):
    """Return the Row of what was typed. Raises ValidationError, a sentence for each field, where it can be none."""
    errors = {}
    words = " ".join(words.split())
    own = sameness_of(words, language)
    meanings = {}
    for meaning in _meanings(means):
        meanings.setdefault(sameness_of(meaning, language), meaning)
    means = "; ".join(meanings.values())
    if "\0" in words or not own[1]:
        errors["words"] = _("Write at least one word that visitors type.")
    elif len(words) > LONGEST_WORDS:
        errors["words"] = _("These words are too long: at most %(limit)d characters.") % {"limit": LONGEST_WORDS}
    if own in meanings:
        errors["means"] = _("“%(words)s” is what visitors type. Write only what it is called here.") % {"words": words}
    elif not any(words_of(meaning) for meaning in meanings.values()) or "\0" in means:
        errors["means"] = _("Write at least one word that stands on the site, such as cardiology.")
    elif wordless := [meaning for meaning in meanings.values() if not words_of(meaning)]:
        errors["means"] = _("There is no word in “%(meaning)s”.") % {"meaning": wordless[0]}
    elif len(means) > LONGEST_MEANS:
        errors["means"] = _("This is too long: at most %(limit)d characters.") % {"limit": LONGEST_MEANS}
    if errors:
        raise ValidationError(errors)
    return Row(words, means, language)


def same_row(row, others):
    """Return the one of `others`, LayWords, that is the same as `row` (a Row), or None."""
    return next((each for each in others if sameness_of(each.words, each.language) == row.sameness), None)


def near_rows(row, others):
    """Return those of `others` that the search does not tell from `row`, since their stems are the same."""
    return [each for each in others if each.language == row.language and _stems(each) == _stems(row)]


def _stems(row):
    return [stem(word, row.language) for word in telling(words_of(row.words))]


def _meanings(means):
    return [meaning for part in means.split(";") if (meaning := " ".join(part.split()))]


def _singular(word, language):
    """Return `word` without the ending of a plural in `language`; a word that only looks like one loses it, too."""
    if len(word) <= 3:
        return word
    for ending, singular in _PLURALS.get(language, ()):
        if ending.search(word):
            return ending.sub(singular, word)
    return word
