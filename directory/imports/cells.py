"""Single cells: rid of the noise of real files, and refused where they hold no value."""

import re
import unicodedata

from django.utils.translation import gettext as _

from publishing.spreadsheet_cells import FORMULA_STARTS
from search.words import folded

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_NOTHING = {"-", "–", "—", "--", "n/a", "none", "null", "nan", "tbd", "?"}


class RefusedCellError(Exception):
    """A cell cannot be taken: `column` is its column's name, str() says why and, where it is known, what to write."""

    def __init__(self, column, sentence):
        super().__init__(str(sentence))
        self.column = column


def tidied(text):
    """Return `text` with plain single blanks, without what nobody sees, and without an export's apostrophe."""
    text = text.translate(_INVISIBLE)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = "".join(
        " " if unicodedata.category(char) in ("Cc", "Zs", "Zl", "Zp", "Cs", "Co", "Cn") else char for char in text
    )
    text = " ".join(text.split())
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(FORMULA_STARTS) else text


def without_colon(text):
    """Return a name without the colons at its end: "Gift Shop:" is "Gift Shop"."""
    return text.rstrip(" :")


def is_nothing(text):
    """Return whether `text` is what people write for "there is none": "n/a", a dash."""
    return text.lower() in _NOTHING


def key_of_name(text):
    """Return `text` as names are compared: "Medical Group- Colchester:" is as "medical group - colchester"."""
    text = re.sub(r"\s*[-\u2010-\u2015]\s*", "-", folded(tidied(text)))
    return re.sub(r"[’‘`´]", "'", without_colon(text))


def refuse_what_is_no_value(column, text):
    """Raise RefusedCellError for a formula, or an error that Excel shows in place of a value."""
    start = text.strip()
    if start.upper() in _ERRORS:
        raise RefusedCellError(column, _("“%(text)s” is an error of Excel’s. Write the value.") % {"text": start})
    if start.startswith("=") or (start.startswith(("+", "@")) and "(" in start and "|" in start):
        raise RefusedCellError(column, _("This is a formula: “%(text)s”. Write its result.") % {"text": start[:60]})
