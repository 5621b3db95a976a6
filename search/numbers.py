"""Telephone numbers, typed any way."""

import re

# 860-823-6389, (860) 823 6389, 823.6389, +1 860 823 6389, 8608236389, each with ", ext. 2215" or "x2215" behind.
_PHONE = re.compile(
    r"\+?(?P<number>[\d\s().\-\u2010-\u2015\u00a0]{7,24}?)(?:,?\s*(?:ext\.?|extension|x)\s*\d{1,6})?", re.IGNORECASE
)


def digits_asked_for(text):
    """Return the digits where `text` reads as a phone number (7 or 10, without the country's 1), else None."""
    match = _PHONE.fullmatch(text.strip())
    if not match:
        return None
    return _without_country(re.sub(r"\D", "", match["number"]))


def keys_of_number(digits):
    """Return the ways in which a number of these `digits` is asked for: whole, and without the area code."""
    digits = _without_country(re.sub(r"\D", "", digits)) or re.sub(r"\D", "", digits)
    return [digits, digits[-7:]] if len(digits) == 10 else [digits]


def _without_country(digits):
    if len(digits) == 11 and digits.startswith("1"):
        digits = digits[1:]
    return digits if len(digits) in (7, 10) else None
