"""On which days a series takes place: a rule of RFC 5545 with days added and days left out.

Days are local dates without a zone; the clock's time is put to each of them afterwards. So 18:00 stays
18:00 when the clocks are changed.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

LONGEST_RULE = 300  # characters
MOST_DATES = 1000  # of one series that ends after so many
MOST_LISTED = 200  # days added, and days left out
LARGEST_INTERVAL = 60

_LOOKED_AHEAD = timedelta(days=100 * 366)  # at least so far, and never 500 years, is looked for a day of a rule
_CYCLE = timedelta(days=146_097)  # 400 years: after them the calendar is the same again, to the day of the week

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
# What may stand beside a frequency. Whatever else RFC 5545 knows either says an hour, which the event has
# itself, or makes rules that nobody can say in one sentence.
_PARTS = {
    "DAILY": {"INTERVAL", "COUNT", "UNTIL", "WKST"},
    "WEEKLY": {"INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"},
    "MONTHLY": {"INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": {"INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYSETPOS", "BYMONTH"},
}
_ORDER = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST", "COUNT", "UNTIL")
_VALUES = {
    "FREQ": r"[A-Z]+",
    "INTERVAL": r"\d{1,3}",
    "COUNT": r"\d{1,9}",
    "UNTIL": r"\d{8}(T\d{6}Z?)?",
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
    "BYDAY": r"[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)(,[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU))*",
    "BYMONTHDAY": r"[+-]?\d{1,2}(,[+-]?\d{1,2})*",
    "BYSETPOS": r"[+-]?\d{1,2}",
    "BYMONTH": r"\d{1,2}(,\d{1,2})*",
}


def parts_of(rule):
    """Return the parts of `rule`, a checked one, as a dict: {"FREQ": "WEEKLY", "BYDAY": "TU"}; {} for no rule."""
    return dict(part.split("=", 1) for part in rule.split(";")) if rule else {}


def rule_of_parts(parts):
    """Return the rule that has `parts`, as `parts_of` returns them."""
    return ";".join(f"{name}={value}" for name, value in parts.items())


def checked_rule(text):
    """Return the rule in `text` (an RRULE's value, without its start) in one order and spelling; "" for none.

    UNTIL is kept as the day alone; of an instant in UTC the editor's day may differ, so an import has to
    localize it first. Raises ValidationError, in words for an editor, for what is no rule or not one for days.
    """
    text = re.sub(r"\s", "", text).upper().removeprefix("RRULE:").rstrip(";")
    if not text:
        return ""
    if len(text) > LONGEST_RULE:
        raise ValidationError(_("This rule is too long. Say it by days instead."))
    parts = {}
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if not equals or name in parts or not re.fullmatch(_VALUES.get(name, ""), value):
            raise ValidationError(_("“%(part)s” is no part of a rule that can be used here.") % {"part": part[:40]})
        parts[name] = value
    frequency = parts.get("FREQ")
    if frequency not in _FREQUENCIES:
        raise ValidationError(_("An event can repeat by days, weeks, months or years, and not more often."))
    for name in parts.keys() - _PARTS[frequency] - {"FREQ"}:
        raise ValidationError(
            _("“%(part)s” cannot be used together with “%(frequency)s”.") % {"part": name, "frequency": frequency}
        )
    if parts.get("INTERVAL") == "1":
        del parts["INTERVAL"]
    _check_numbers(parts)
    if "UNTIL" in parts:
        parts["UNTIL"] = f"{_day_of(parts['UNTIL']):%Y%m%d}"
    return rule_of_parts({name: parts[name] for name in _ORDER if name in parts})


def _check_numbers(parts):
    if not 1 <= int(parts.get("INTERVAL", 1)) <= LARGEST_INTERVAL:
        raise ValidationError(
            _("Choose an interval from 1 to %(most)d, as in “every 2 weeks”.") % {"most": LARGEST_INTERVAL}
        )
    if "COUNT" in parts and "UNTIL" in parts:
        raise ValidationError(_("Say after how many dates it ends, or on which day, not both."))
    if not 1 <= int(parts.get("COUNT", 1)) <= MOST_DATES:
        raise ValidationError(_("A series can have at most %(most)d dates.") % {"most": MOST_DATES})
    weekdays = [day[:-2] for day in parts.get("BYDAY", "").split(",") if day]
    most = {"WEEKLY": 0, "MONTHLY": 5, "YEARLY": 5 if "BYMONTH" in parts else 53}.get(parts["FREQ"], 0)
    if any(number and not 1 <= abs(int(number)) <= most for number in weekdays):
        raise ValidationError(_("There is no such weekday of the month: choose the first to the fifth, or the last."))
    for name, largest in (("BYMONTHDAY", 31), ("BYMONTH", 12), ("BYSETPOS", 53)):
        if any(not 1 <= abs(int(number)) <= largest for number in parts.get(name, "1").split(",")):
            raise ValidationError(_("“%(part)s” has a number that no month has.") % {"part": f"{name}={parts[name]}"})
    if "BYSETPOS" in parts and not parts.keys() & {"BYDAY", "BYMONTHDAY"}:
        raise ValidationError(_("“BYSETPOS” needs weekdays to choose from."))


def _day_of(text):
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007  a day has no zone
    except ValueError as error:
        raise ValidationError(_("The day on which it ends does not exist.")) from error


def days_in(text):
    """Return the days in `text`, ISO dates with commas between, in their order and each once.

    Raises ValidationError for one that does not exist, and for more than MOST_LISTED.
    """
    days = set()
    for part in re.split(r"[,\s]+", text.strip()):
        if not part:
            continue
        try:
            days.add(date.fromisoformat(part))
        except ValueError as error:
            raise ValidationError(
                _("“%(day)s” is no day. Write it as year-month-day: 2026-12-24.") % {"day": part[:30]}
            ) from error
    return listed(days)


def listed(days):
    """Return `days`, dates, in their order and each once. Raises ValidationError for more than MOST_LISTED."""
    days = list(days)
    if len(days) > MOST_LISTED:
        raise ValidationError(_("At most %(most)d days can be listed.") % {"most": MOST_LISTED})
    return sorted(set(days))


def days_text(days):
    """Return `days` as `days_in` reads them."""
    return ", ".join(day.isoformat() for day in sorted(days))


@dataclass(frozen=True)
class Recurrence:
    """The days of a series, or of a part of it.

    `first_day` is a day of the series. `rule` is a checked rule, "" for the first day and `extra_days` alone.
    Of what the rule and `extra_days` give, `left_out` is taken away, and what lies from `before_day` on;
    None there: no bound.
    """

    first_day: date
    rule: str = ""
    extra_days: tuple = ()
    left_out: tuple = ()
    before_day: date | None = None

    def days(self, begin, end):
        """Return the dates of [begin, end) on which it takes place, in their order."""
        end = min(end, self.before_day) if self.before_day else end
        if begin >= end:
            return []
        days = {day for day in (self.first_day, *self.extra_days) if begin <= day < end}
        if self.rule:
            ruled, ahead = self._ruled(end)
            last = datetime.combine(end - timedelta(days=1), time()) + ahead
            found = ruled.between(datetime.combine(begin, time()) + ahead, last, inc=True)
            days |= {(moment - ahead).date() for moment in found}
        return sorted(days - set(self.left_out))

    def next_ruled_day(self, day):
        """Return the first day from `day` on that the rule names, None where it names none any more."""
        ruled, ahead = self._ruled(day)
        found = ruled.after(datetime.combine(day, time()) + ahead, inc=True)
        return found and (found - ahead).date()

    def first_ruled_day_without(self, days):
        """Return (the first day that the rule names and that is not of `days`, how many of it come before).

        It is (None, 0) where there is none.
        """
        ruled, ahead = self._ruled(self.first_day)
        for before, moment in enumerate(ruled):
            day = (moment - ahead).date()
            if day not in days:
                return day, before
        return None, 0

    def check(self):
        """Raise ValidationError, by the name of the event's field, where the parts do not fit together."""
        if not self.rule:
            return
        try:
            checked_rule(self.rule)  # a model's clean() runs even where its field has refused the rule
        except ValidationError as error:
            raise ValidationError({"rule": error.messages}) from error
        until = parts_of(self.rule).get("UNTIL")
        if until and _day_of(until) < self.first_day:
            raise ValidationError({"rule": _("The series would end before its first day.")})
        first = self.next_ruled_day(self.first_day)
        if first is None:
            raise ValidationError({"rule": _("There is no day at all that fits this rule.")})
        if first != self.first_day:
            raise ValidationError(
                {
                    "first_day": _(
                        "The series is not on this day of the week or month. Its first day would be %(day)s."
                    )
                    % {"day": date_format(first, "l, N j, Y")}
                }
            )

    @property
    def ends_on(self):
        """Return the last day that the rule itself names, as a date; None where it goes on without an end."""
        parts = parts_of(self.rule)
        if "UNTIL" in parts:
            return _day_of(parts["UNTIL"])
        if "COUNT" in parts:
            ruled, ahead = self._ruled(self.first_day)
            return max(((moment - ahead).date() for moment in ruled), default=self.first_day)
        return None if self.rule else self.first_day

    def _ruled(self, day):
        """Return (the rule, `ahead`): its datetimes lie by `ahead`, whole cycles of the calendar, after its days.

        dateutil looks for a day until the year 9999, for seconds where a rule has none. So it is shown the rule
        as late as leaves _LOOKED_AHEAD after `day`, a date that is asked for.
        """
        ahead = max(date.max - max(day, self.first_day) - _LOOKED_AHEAD, timedelta()) // _CYCLE * _CYCLE
        parts = parts_of(self.rule)
        if "UNTIL" in parts:
            parts["UNTIL"] = f"{min(_day_of(parts['UNTIL']), date.max - ahead) + ahead:%Y%m%d}"
        return rrulestr(rule_of_parts(parts), dtstart=datetime.combine(self.first_day, time()) + ahead), ahead
