"""Words that will be wrong on some day, where nobody has said on which day the thing is to go."""

import re
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from .finding import Finding, Level, shortened

_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
    "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8,
    "septiembre": 9, "setiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
}  # fmt: skip
# "May" and "March" are months with a capital only; "5 de mayo" is written small.
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_MES = r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
_TO = r"(?: ?[-–—&] ?| (?:to|through|until|and|or) |, )"
_YEAR = r"(?:,? (?P<year>(?:1[5-9]|2[01])\d\d)(?!\d))?"
_DATES = (
    re.compile(rf"\b(?P<month>{_MONTH}) (?P<day>{_DAY})(?:{_TO}(?:{_MONTH} )?{_DAY}(?![:\w]))*{_YEAR}"),
    re.compile(rf"\b(?P<day>{_DAY})(?:{_TO}{_DAY})? (?P<month>{_MONTH})(?!\w){_YEAR}"),
    re.compile(
        rf"\b(?P<day>{_DAY})(?: ?[-–—] ?{_DAY}| (?:al?|y) {_DAY})? de (?P<month>{_MES})\b"
        r"(?:,? del? (?P<year>(?:1[5-9]|2[01])\d\d)(?!\d))?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\d/.-])(?P<number>1[0-2]|0?[1-9])/(?P<day>[12]\d|3[01]|0?[1-9])/(?P<year>(?:1[5-9]|2[01])\d\d)\b"
    ),
    re.compile(r"(?<![\d/.-])(?P<year>(?:1[5-9]|2[01])\d\d)-(?P<number>1[0-2]|0[1-9])-(?P<day>[0-2]\d|3[01])(?![\d-])"),
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_DIA = r"(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)"
_RELATIVE = re.compile(
    rf"\b(?:(?:this|next|last|coming) (?:week(?:end)?|month|quarter|spring|summer|fall|autumn|winter|{_WEEKDAY})"
    r"|(?:next|last) year|tomorrow|yesterday|tonight|(?:earlier|later) today|today (?:only|at|from|until)"
    r"|this (?:morning|afternoon|evening)|coming soon"
    r"|(?:esta|la pr[oó]xima|la semana|pr[oó]xima) (?:semana|noche|tarde|que viene)|este (?:mes|fin de semana)"
    r"|(?:el )?pr[oó]ximo (?:mes|a[nñ]o)|(?:el )?mes que viene"
    rf"|(?:este|(?:el )?pr[oó]ximo) {_DIA}|(?:el )?{_DIA} que viene"
    # "por la mañana" is the morning.
    r"|(?<!la )(?<!las )(?<!cada )(?<!esta )ma[nñ]ana|esta ma[nñ]ana|ayer|pr[oó]ximamente)\b",
    re.IGNORECASE,
)


def check_take_down(manuscript):
    """Find a take-down date that has passed when the thing goes live: nobody would ever see it."""
    expires_at = getattr(manuscript.thing, "expires_at", None)
    if expires_at is not None and expires_at <= manuscript.at:
        message = _("It is to be taken down before it is published: change or empty the date under “take down at”.")
        yield Finding(Level.ERROR, "take-down-passed", message, manuscript.thing, "expires_at", expires_at.isoformat())


def check_dated_words(manuscript):
    """Find words such as “this week” or “June 12” in what has no take-down date.

    A full date with a year may stand where it has passed: that is history. What has days of its own
    (`starts_at`), as an event, is left alone, and what says of itself that it is `of_its_day`.
    """
    thing = manuscript.thing
    has_own_days = any(field.name == "starts_at" for field in thing._meta.fields) or getattr(thing, "of_its_day", False)
    if has_own_days or getattr(thing, "expires_at", None) is not None or not hasattr(thing, "expires_at"):
        return
    today = timezone.localdate(manuscript.at)
    for passage in manuscript.passages:
        for words in dated_words(passage.text, today):
            message = _("“%(words)s” will be out of date one day: give a take-down date, or say it without a date.") % {
                "words": shortened(words)
            }
            yield Finding(Level.WARNING, "dated-words", message, passage.part, passage.field, words)


def dated_words(text, today):
    """Return the words of `text` that are right for a while only, a list; `today` is a date."""
    # One space between words keeps the patterns short and quick.
    plain = " ".join(text.split())
    found = [(match.start(), match[0]) for match in _RELATIVE.finditer(plain)]
    for pattern in _DATES:
        found += [(match.start(), match[0]) for match in pattern.finditer(plain) if not _has_passed(match, today)]
    return [words for place, words in sorted(found)]


def _has_passed(match, today):
    """Return whether the words name a day with its year, and that day lies before `today`."""
    named = match.groupdict()
    if not named["year"]:
        return False
    number = named.get("number") or _number_of(named["month"])
    day = re.match(r"\d+", named["day"])[0]
    try:
        return date(int(named["year"]), int(number), int(day)) < today
    except ValueError:  # February 30
        return False


def _number_of(month):
    name = month.casefold().rstrip(".")
    return next(number for full, number in _MONTHS.items() if full.startswith(name))
