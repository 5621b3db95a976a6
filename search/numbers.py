"""Telephone numbers, typed any way."""

import re
from dataclasses import dataclass

# 860-823-6389, (860) 823 6389, 823.6389, +1 860 823 6389, 8608236389; behind it ext. 2215, x2215, or ,2215 at the end.
_GAP = r"[\s().\-\u2010-\u2015\u00a0]{0,3}"
_NUMBER = re.compile(
    rf"(?<![\d\w])(?:\+?1{_GAP})?(?:\(?(?P<area>\d{{3}}){_GAP})?(?P<office>\d{{3}}){_GAP}(?P<line>\d{{4}})(?!\d)"
    r"(?:(?:,?\s*(?:extension|ext\.?|x)|,(?=\s?\d{3,6}$))\s*(?P<extension>\d{1,6}))?",
    re.IGNORECASE,
)

_BEGINNING = re.compile(rf"\(?\d{{1,3}}(?:{_GAP}\d{{1,4}}){{0,3}}{_GAP}")
FEWEST_DIGITS = 4  # of a number that is only begun: with three nearly all of a region begin
LAST_DIGITS = 4  # by which a number is remembered: "it ends in 6389"
_EXTENSION = re.compile(
    r"(?P<called>(?:extension|extensi\u00f3n|ext|x)[\s.:#]{0,3})?(?P<digits>[0-9]{1,6})", re.IGNORECASE
)


@dataclass(frozen=True)
class Number:
    """`digits`: ten, or seven without the area code; `extension`: digits or ""."""

    digits: str
    extension: str = ""

    @property
    def keys(self):
        """Return how it is kept and asked for: whole and without the area code, with its extension where it has one."""
        ways = [self.digits, self.digits[-7:]] if len(self.digits) == 10 else [self.digits]
        return [f"{way}x{self.extension}" if self.extension else way for way in ways]

    @property
    def ending_keys(self):
        """Return how it is kept for who knows only its extension, or where it has none only its last digits."""
        return [f"x{self.extension}"] if self.extension else [f"-{self.digits[-LAST_DIGITS:]}"]

    @property
    def key(self):
        """Return how exactly this is asked for."""
        return self.keys[0]

    @property
    def without_extension(self):
        return Number(self.digits)


def number_in(text):
    """Return the Number that stands somewhere in `text`, or None where none does."""
    match = _NUMBER.search(text)
    if not match:
        return None
    return Number((match["area"] or "") + match["office"] + match["line"], match["extension"] or "")


def beginning_in(text):
    """Return the digits of `text` where it is how a telephone number begins, from four digits on; else ""."""
    digits = re.sub(r"\D", "", text)
    return digits if len(digits) >= FEWEST_DIGITS and _BEGINNING.fullmatch(text.strip()) else ""


def extension_in(text):
    """Return the digits of `text` where it is an extension and says so: "ext. 2265", "x2265"; else ""."""
    match = _EXTENSION.fullmatch(text.strip())
    return match["digits"] if match and match["called"] else ""


def ending_keys_in(text):
    """Return the keys of `text` where it is three digits or more: a short code, an extension, or how a number ends."""
    digits = text.strip()
    return [digits, f"x{digits}", f"-{digits}"] if re.fullmatch(r"[0-9]{3,6}", digits) else []
