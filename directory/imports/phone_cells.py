"""A phone number as people type it into a spreadsheet, or the reason why it can be none."""

import re

from django.conf import settings
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import to_python

from ..models import ContactNumber
from .cells import RefusedCellError, is_nothing

Kind = ContactNumber.Kind

_KINDS = {
    **{value: Kind(value) for value in Kind.values},
    "phone": Kind.VOICE,
    "telephone": Kind.VOICE,
    "main": Kind.VOICE,
    "cell": Kind.VOICE,
    "mobile": Kind.VOICE,
    "tdd": Kind.TTY,
    "tty/tdd": Kind.TTY,
    "facsimile": Kind.FAX,
    "telefax": Kind.FAX,
    "sms": Kind.TEXT,
    "text messages": Kind.TEXT,
    "short code": Kind.SHORT_CODE,
    "711": Kind.RELAY,
}
_EXTENSION = re.compile(r"[\s,;]*(?:\(\s*)?(?:ext(?:ension|n)?|x|#)[\s.:]*(\d{1,10})\s*\)?[\s.:]*$", re.IGNORECASE)
_EXTENSION_CELL = re.compile(r"(?:ext(?:ension|n)?|x|#)?[\s.:]*(\d{1,7})(?:\.0+)?[\s.:]*", re.IGNORECASE)
_LABEL = re.compile(r"^(?:tel(?:ephone)?|phone|ph|call|t)\b[\s.:]*(?=[\d(+])", re.IGNORECASE)
_KIND_AROUND = re.compile(r"^(fax|tty|tdd)\b[\s.:]*(?=[\d(+])|[\s(]*\b(fax|tty|tdd)\)?$", re.IGNORECASE)
_SHORTENED = re.compile(r"\d([.,]\d+)?e\+?\d+", re.IGNORECASE)
_WEB = re.compile(r"https?://|www\.|\w\.(?:org|com|net|gov|edu)\b", re.IGNORECASE)
_BETWEEN_TWO = re.compile(r"/|\||;|,|&|\bor\b|\band\b", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def kind_of(text):
    """Return the Kind that `text` names, None for "". Raises RefusedCellError."""
    if not text:
        return None
    key = text.lower().rstrip(".:")
    if key not in _KINDS:
        raise RefusedCellError(
            "kind",
            _("“%(text)s” is no kind of number. Write one of: %(kinds)s.")
            % {"text": text[:40], "kinds": ", ".join(Kind.values)},
        )
    return _KINDS[key]


def short_code_of(text):
    """Return the digits of a short code, "" for none. Raises RefusedCellError."""
    text = text.removesuffix(".0")
    if not text or is_nothing(text):
        return ""
    if not (text.isascii() and text.isdigit() and 3 <= len(text) <= 8):
        raise RefusedCellError("short_code", _("A short code has digits only, such as 31996."))
    return text


def extension_of(text):
    """Return the digits of an extension cell: "x2215", "Ext 12", "2215.0"; "" for none. Raises RefusedCellError."""
    if not text or is_nothing(text):
        return ""
    match = _EXTENSION_CELL.fullmatch(text)
    if not match:
        raise RefusedCellError(
            "extension", _("“%(text)s” is no extension. Write its digits, such as 2215.") % {"text": text[:40]}
        )
    return match[1]


def phone_of(text, extension=""):
    """Return (PhoneNumber, Kind or None) of a phone cell, tidied; (None, None) where it is empty.

    `extension` is that of its own column. The Kind is told where the cell names it: "Fax 860.889.8331".
    Raises RefusedCellError with what was probably meant, where that can be guessed.
    """
    text = text.translate(_DASHES).strip(" :;,")
    if not text or is_nothing(text):
        if extension:
            raise RefusedCellError("phone", _only_extension(extension))
        return None, None
    _refuse_what_is_another(text)
    text = _LABEL.sub("", re.sub(r"^(\d{10,11})\.0+$", r"\1", text))
    kind = None
    if match := _KIND_AROUND.search(text):
        kind = kind_of(match[1] or match[2])
        text = (text[: match.start()] + text[match.end() :]).strip(" :;,")
    if match := _EXTENSION.search(text):
        if extension and extension != match[1]:
            raise RefusedCellError(
                "extension",
                _("The phone has the extension %(one)s, this column %(other)s. Which one is right?")
                % {"one": match[1], "other": extension},
            )
        text, extension = text[: match.start()].strip(" :;,"), match[1]
        if not text:
            raise RefusedCellError("phone", _only_extension(extension))
    return _number(_checked(text), extension, text), kind


def _only_extension(extension):
    return _("There is an extension (%(digits)s) without a number: write the whole number before it.") % {
        "digits": extension
    }


def _refuse_what_is_another(text):
    if "@" in text:
        raise RefusedCellError("phone", _("This is an e-mail address. Move it to the column “email”."))
    if _WEB.search(text):
        raise RefusedCellError("phone", _("This is a web address. Move it to the column “web”."))
    if re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", text):
        raise RefusedCellError("phone", _("This is a date: Excel has made one of it. Write the number as text."))
    if _SHORTENED.fullmatch(text):
        raise RefusedCellError(
            "phone", _("Excel has shortened the number to “%(text)s”. Write all its digits.") % {"text": text}
        )
    parts = [part for part in _BETWEEN_TWO.split(text) if sum(char.isdigit() for char in part) >= 7]
    if len(parts) > 1:
        raise RefusedCellError(
            "phone",
            _("There are several numbers in one cell. Give each a line of its own, and say by “label” which it is."),
        )


def _checked(text):
    """Return the digits of `text`, with a + where it has one. Raises RefusedCellError where it is no number."""
    wrong = sorted(set(re.sub(r"[\d\s().+/-]", "", text)))
    digits = re.sub(r"\D", "", text)
    if wrong:
        signs = " ".join(wrong[:5])
        sentence = _("“%(signs)s” cannot stand in a phone number.") % {"signs": signs}
        raise RefusedCellError("phone", _with_guess(sentence, digits))
    if text.startswith("+") and not digits.startswith("1"):
        return f"+{digits}"
    national = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    if len(national) == 10:
        return f"+1{national}"
    if len(digits) == 7:
        guess = f"{settings.MAIN_PHONE[2:5]}{digits}"
        raise RefusedCellError("phone", _with_guess(_("The area code is missing."), guess))
    if len(digits) < 7:
        raise RefusedCellError(
            "phone",
            _("A number has 10 digits, this one %(n)d. A short code goes to the column “short_code”.")
            % {"n": len(digits)},
        )
    raise RefusedCellError(
        "phone", _("A number has 10 digits, this one %(n)d: “%(text)s”.") % {"n": len(digits), "text": text[:40]}
    )


def _with_guess(sentence, digits):
    if len(digits) != 10:
        return sentence
    guess = f"{digits[:3]}.{digits[3:6]}.{digits[6:]}"
    return f"{sentence} " + _("Was %(guess)s meant?") % {"guess": guess}


def _number(digits, extension, text):
    number = to_python(f"{digits};ext={extension}" if extension else digits, region="US")
    if number is None or not number.is_valid():
        raise RefusedCellError(
            "phone", _("There is no such number: “%(text)s”. Look it up again.") % {"text": text[:40]}
        )
    return number
