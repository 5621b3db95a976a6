"""A month as a calendar on the wall has it: weeks of seven days, Sunday first, with what is on each."""

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

MOST_IN_A_DAY = 8  # more than these lead to the list of the day


@dataclass
class Day:
    """`shown` are the ShownDates of the day, `more` how many there are beyond them."""

    day: date
    in_month: bool = True
    is_today: bool = False
    is_past: bool = False
    shown: list = field(default_factory=list)
    more: int = 0


def weeks_of(month, shown, at):
    """Return the weeks of `month`, a Month, as lists of seven Days, with `shown`, the ShownDates that touch it.

    Days are the hospital's, whatever clock an event is told by. At `at` (aware) it is today.
    """
    today = timezone.localdate(at)
    weeks = [
        [Day(day, day.month == month.month, day == today, day < today) for day in week]
        for week in calendar.Calendar(calendar.SUNDAY).monthdatescalendar(month.year, month.month)
    ]
    days = {each.day: each for week in weeks for each in week if each.in_month}
    for each in shown:
        first = timezone.localdate(each.date.starts_at)
        last = first + (each.date.final_day - each.date.first_day)
        for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
            if day not in days:
                continue
            if len(days[day].shown) < MOST_IN_A_DAY:
                days[day].shown.append(each)
            else:
                days[day].more += 1
    return weeks
