"""The patterns that people mean when they say how often something takes place, and the rules of RFC 5545 for them.

`values` is a dict as the form has it: "repeats" (a Pattern), "every" (weeks), "weekdays" and "which" (lists of
codes), "weekday", "month_day", "ends" (an Ending), "until" (date) and "count".
"""

from datetime import date

from django.db.models import TextChoices
from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.translation import gettext_lazy as _

from .recurrence import WEEKDAY_CODES, parts_of

WEEKDAYS = [(code, WEEKDAY_NAMES[number]) for number, code in enumerate(WEEKDAY_CODES)]
WHICH = [("1", _("First")), ("2", _("Second")), ("3", _("Third")), ("4", _("Fourth")), ("-1", _("Last"))]
MONTH_DAYS = [*(str(day) for day in range(1, 32)), "-1"]


class Pattern(TextChoices):
    ONCE = "once", _("Once")
    DAYS = "days", _("Every day")
    WEEK = "week", _("Every week")
    OTHER_WEEK = "other_week", _("Every other week")
    WEEKS = "weeks", _("Every … weeks")
    MONTH_WEEKDAY = "month_weekday", _("Every month, such as on the first Monday")
    MONTH_DAY = "month_day", _("Every month on the same day, such as the 15th")
    YEAR = "year", _("Every year on the same day")
    DATES = "dates", _("On these dates")
    RULE = "rule", _("Otherwise: by a rule of RFC 5545")


class Ending(TextChoices):
    NEVER = "never", _("It goes on without an end")
    UNTIL = "until", _("Until a day")
    COUNT = "count", _("After so many dates")


def rule_of(values, first_day):
    """Return the rule for `values`, "" for one that takes place once or on listed dates.

    What is not chosen is as on `first_day`: its weekday, its place in the month. Not for Pattern.RULE.
    """
    repeats = values["repeats"]
    if repeats in (Pattern.ONCE, Pattern.DATES):
        return ""
    parts = [_frequency(repeats, values, first_day)]
    if values.get("ends") == Ending.UNTIL:
        parts.append(f"UNTIL={values['until']:%Y%m%d}")
    if values.get("ends") == Ending.COUNT:
        parts.append(f"COUNT={values['count']}")
    return ";".join(parts)


def _frequency(repeats, values, first_day):
    if repeats == Pattern.DAYS:
        return "FREQ=DAILY"
    if repeats == Pattern.YEAR:
        return "FREQ=YEARLY"
    if repeats == Pattern.MONTH_DAY:
        return f"FREQ=MONTHLY;BYMONTHDAY={values.get('month_day') or first_day.day}"
    if repeats == Pattern.MONTH_WEEKDAY:
        weekday = values.get("weekday") or WEEKDAY_CODES[first_day.weekday()]
        which = values.get("which") or [_place_in_month(first_day)]
        return "FREQ=MONTHLY;BYDAY=" + ",".join(f"{number}{weekday}" for number in which)
    weekdays = [
        code for code in WEEKDAY_CODES if code in (values.get("weekdays") or [WEEKDAY_CODES[first_day.weekday()]])
    ]
    every = {Pattern.WEEK: 1, Pattern.OTHER_WEEK: 2}.get(repeats) or values["every"]
    interval = f";INTERVAL={every}" if every > 1 else ""
    return f"FREQ=WEEKLY{interval};BYDAY={','.join(weekdays)}"


def values_of(rule, extra_days, first_day):
    """Return the values by which the form says `rule` (a checked one); Pattern.RULE where no other pattern can.

    `first_day` None is a day that is not known (yet).
    """
    if rule and first_day is None:
        return {"repeats": Pattern.RULE, "ends": Ending.NEVER}
    if not rule:
        return {"repeats": Pattern.DATES if extra_days else Pattern.ONCE, "ends": Ending.NEVER}
    parts = parts_of(rule)
    values = {"ends": Ending.NEVER, **_ending(parts), **_repeating(parts, first_day)}
    if _can_be_chosen(values) and _same(rule_of(values, first_day), parts, first_day):
        return values
    return {"repeats": Pattern.RULE, "ends": Ending.NEVER}


def _can_be_chosen(values):
    which = {number for number, _name in WHICH}
    return set(values.get("which", which)) <= which and values.get("month_day", "1") in MONTH_DAYS


def _repeating(parts, first_day):
    frequency, every = parts["FREQ"], int(parts.get("INTERVAL", 1))
    days = parts.get("BYDAY", "").split(",") if "BYDAY" in parts else []
    if frequency == "WEEKLY":
        repeats = {1: Pattern.WEEK, 2: Pattern.OTHER_WEEK}.get(every, Pattern.WEEKS)
        return {"repeats": repeats, "every": every, "weekdays": days or [WEEKDAY_CODES[first_day.weekday()]]}
    if frequency == "MONTHLY" and days:
        which = [day[:-2].lstrip("+") for day in days]
        return {"repeats": Pattern.MONTH_WEEKDAY, "weekday": days[0][-2:], "which": which}
    if frequency == "MONTHLY":
        return {"repeats": Pattern.MONTH_DAY, "month_day": parts.get("BYMONTHDAY", str(first_day.day))}
    return {"repeats": {"DAILY": Pattern.DAYS, "YEARLY": Pattern.YEAR}[frequency]}


def _ending(parts):
    if "COUNT" in parts:
        return {"ends": Ending.COUNT, "count": int(parts["COUNT"])}
    if "UNTIL" in parts:
        return {"ends": Ending.UNTIL, "until": date.fromisoformat(parts["UNTIL"])}
    return {}


def _same(told, parts, first_day):
    """Return whether the rule `told` means what `parts` mean, though these may leave to the first day what it says."""
    implied = {
        "WEEKLY": {"BYDAY": WEEKDAY_CODES[first_day.weekday()]},
        "MONTHLY": {} if "BYDAY" in parts else {"BYMONTHDAY": str(first_day.day)},
    }.get(parts["FREQ"], {})
    meant = {**implied, **{name: value.replace("+", "") for name, value in parts.items()}}
    if meant.get("WKST") == "MO" or ("INTERVAL" not in meant and parts["FREQ"] == "WEEKLY"):
        meant.pop("WKST", None)
    return _sorted(parts_of(told)) == _sorted(meant)


def _sorted(parts):
    return {name: sorted(value.split(",")) for name, value in parts.items()}


def _place_in_month(day):
    """Return which of its weekdays of the month `day` is: "1" to "4", the fifth as the last."""
    number = (day.day - 1) // 7 + 1
    return str(number) if number < 5 else "-1"
