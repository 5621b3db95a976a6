"""The numbers on one line: where they stand, which they are, and how each becomes another in its own way of writing."""

import re
from dataclasses import dataclass

import phonenumbers
from django.conf import settings

from ..phones import displayed_value

FEWEST_DIGITS = 7
LONGEST = 120
# So much stands in any number; looking closer takes a hundred times as long.
_DIGITS_IN_A_ROW = re.compile(rf"\d(?:[^\w\n]{{0,3}}\d){{{FEWEST_DIGITS - 1}}}")
# The same in a stored text, where markup may stand between two digits.
_DIGITS_NEAR = re.compile(rf"\d(?:\D{{0,40}}\d){{{FEWEST_DIGITS - 1}}}")
# What the library leaves out: "860-425-3800 (ext. 2215)", "860-425-3800; ext 2215".
_EXTENSION = re.compile(r"[\s,;]{0,3}\(?\s?(?:ext(?:ensi[oó]n)?|x)[.:]?\s?(\d{1,7})(?!\d)\)?", re.IGNORECASE)
_WITHOUT_AREA = re.compile(r"(?<![\w.+/=&?#%@-])\d{3}[-.\u2010-\u2013 \u00a0]\d{4}(?!\w)(?![-.]\d)")
_SHORT_CODE = re.compile(r"(?<![\w.+/=&?#%@$-])\d{5,6}(?!\w)(?![-.,]\d)")
_ABOUT_TEXTING = re.compile(r"\b(?:text|texts|texting|sms|mensaje|mensajes|texto)\b", re.IGNORECASE)
_DIALS = re.compile(r"\s*(?:tel|sms):", re.IGNORECASE)


class CannotWriteError(ValueError):
    """A number cannot take the place of another: it is of another kind."""


@dataclass(frozen=True)
class Written:
    """A number on a line of text or in a link, from `begin` to `end`. `value` is as ContactNumber.value gives it.

    One that is `doubtful` may be no number at all: it counts only where the directory has it.
    """

    words: str
    begin: int
    end: int
    value: str
    doubtful: bool = False


def may_hold_numbers(text):
    """Return whether `text`, as it is stored, has enough digits to look closer."""
    if _DIGITS_NEAR.search(text) or _DIALS.match(text) or 'href="tel:' in text or 'href="sms:' in text:
        return True
    return bool(_ABOUT_TEXTING.search(text) and _SHORT_CODE.search(text))


def numbers_on(line):
    """Return the Written numbers of a Line, in their order."""
    found = _dialled(line.text) if line.link_words is not None else _in_text(line.text)
    return [each for each in found if len(each.words) <= LONGEST and len(each.value) <= 60]


def _in_text(text):
    found = []
    if _DIGITS_IN_A_ROW.search(text):
        for match in phonenumbers.PhoneNumberMatcher(text, settings.PHONENUMBER_DEFAULT_REGION):
            if match.start and text[match.start - 1] in "/=&?#%_@":
                continue  # a part of an address
            number, end = match.number, match.end
            extension = number.extension or ""
            if not extension and (more := _EXTENSION.match(text, end)):
                extension, end = more[1], more.end()
                end -= more[0].endswith(")") and "(" not in more[0]
            value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            value = f"{value}x{extension}" if extension else value
            found.append(Written(text[match.start : end], match.start, end, value))
    patterns = [(_WITHOUT_AREA, lambda words: _area() + _digits(words))]
    if _ABOUT_TEXTING.search(text):
        patterns.append((_SHORT_CODE, str))
    for pattern, value_of in patterns:
        for match in pattern.finditer(text):
            if not any(each.begin < match.end() and match.start() < each.end for each in found):
                found.append(Written(match[0], match.start(), match.end(), value_of(match[0]), doubtful=True))
    return sorted(found, key=lambda each: each.begin)


def _dialled(address):
    """Return the number that a tel: or sms: address dials, in a list; [] for any other address."""
    scheme = _DIALS.match(address)
    if scheme is None:
        return []
    begin = scheme.end()
    end = address.index("?", begin) if "?" in address[begin:] else len(address)
    end = min(end, begin + LONGEST)
    words = address[begin:end]
    digits = _digits(words)
    if not digits:
        return []
    if len(digits) < FEWEST_DIGITS:
        return [Written(words, begin, end, digits)]
    try:
        # A comma is a pause, after which the extension is dialled.
        number = phonenumbers.parse(
            re.sub(r"[,;]+(?=\d)", ";ext=", words, count=1), settings.PHONENUMBER_DEFAULT_REGION
        )
    except phonenumbers.NumberParseException:
        return [Written(words, begin, end, digits[:60])]
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return [Written(words, begin, end, f"{value}x{number.extension}" if number.extension else value)]


def rewritten(words, old, new, *, in_link=False):
    """Return, for each character of `words`, what stands in its place once the number `old` in them is `new`.

    Both are values. Digits are exchanged, and what stands between them stays. An extension that is new is written
    behind the number in the house's way; one that goes takes along what stands before it. Raises CannotWriteError.
    """
    if not (old.startswith("+") and new.startswith("+")):
        if old.startswith("+") or new.startswith("+"):
            raise CannotWriteError(f"{old}, {new}")
        return [new, *[""] * (len(words) - 1)]
    (old_main, _x, old_extension), (new_main, _x, new_extension) = old.partition("x"), new.partition("x")
    digits = [place for place, character in enumerate(words) if character.isdecimal()]
    main = digits[: len(digits) - len(old_extension)]
    characters = list(words)
    if not _write_main(characters, main, old_main, new_main):
        whole = f"{new_main},{new_extension}".rstrip(",") if in_link else displayed_value(new)
        return [whole, *[""] * (len(words) - 1)]
    if old_extension and new_extension:
        first, *others = digits[len(main) :]
        characters[first] = new_extension
        for place in others:
            characters[place] = ""
    elif old_extension:
        characters[main[-1] + 1 :] = [""] * (len(words) - main[-1] - 1)
    elif new_extension:
        characters[main[-1]] += f",{new_extension}" if in_link else f" ext. {new_extension}"
    return characters


def _write_main(characters, places, old, new):
    """Write the digits of `new` over those of `old`, which stand at `places`; return whether that could be done."""
    if not (old.startswith("+1") and new.startswith("+1")):
        return False
    if len(places) >= 10:
        for place, digit in zip(places[-10:], new[2:], strict=True):
            characters[place] = digit
        return True
    if len(places) != FEWEST_DIGITS:
        return False
    for place, digit in zip(places, new[-FEWEST_DIGITS:], strict=True):
        characters[place] = digit
    if new[:5] != old[:5]:
        between = characters[places[2] + 1 : places[3]]
        characters[places[0]] = f"{new[2:5]}{''.join(between)}{characters[places[0]]}"
    return True


def _area():
    """Return how a number begins whose area code is not written: that of the hospital's main number."""
    return settings.MAIN_PHONE[:5]


def _digits(words):
    return "".join(character for character in words if character.isdecimal() and character.isascii())
