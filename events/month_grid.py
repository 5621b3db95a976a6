"""A month as a calendar on the wall has it: weeks of seven days, Sunday first, with what is on each."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

MOST_IN_A_DAY = 4  # more than these lead to the list of the day, which has nothing that is over


@dataclass
class Day:
    """`keys` name the first EventDates of the day, `shown` are they as ShownDates, `more` how many there are beyond.

    Of today and of a past day there are none beyond.
    """

    day: date
    in_month: bool = True
    is_today: bool = False
    is_past: bool = False
    keys: list = field(default_factory=list)
    shown: list = field(default_factory=list)
    more: int = 0


def weeks_of(month, spans, at):
    """Return the weeks of `month`, a Month, as lists of seven Days without what is shown.

    `spans` are (key, first day, last day) of the dates that touch it, in their order. Days are the hospital's, whatever
    clock an event is told by. At `at` (aware) it is today.
    """
    today = timezone.localdate(at)
    weeks = [[Day(day, day.month == month.month, day == today, day < today) for day in week] for week in month.weeks]
    days = {each.day: each for week in weeks for each in week if each.in_month}
    for key, first, last in spans:
        for number in range((last - first).days + 1):
            day = days.get(first + timedelta(days=number))
            if day is None:
                continue
            if len(day.keys) < MOST_IN_A_DAY or day.is_past or day.is_today:
                day.keys.append(key)
            else:
                day.more += 1
    return weeks
