"""A series in a sentence."""

from datetime import date

import pytest

from events.recurrence import Recurrence
from events.rule_words import series_told

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("first_day", "rule", "told"),
    [
        (TUESDAY, "", ""),
        (TUESDAY, "FREQ=DAILY", "Every day"),
        (TUESDAY, "FREQ=DAILY;INTERVAL=3", "Every 3 days"),
        (TUESDAY, "FREQ=WEEKLY", "Every Tuesday"),
        (TUESDAY, "FREQ=WEEKLY;BYDAY=TU", "Every Tuesday"),
        (TUESDAY, "FREQ=WEEKLY;BYDAY=TH,TU", "Every Tuesday and Thursday"),
        (TUESDAY, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every day from Monday to Friday"),
        (TUESDAY, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Every other week on Tuesday"),
        (TUESDAY, "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,FR", "Every 3 weeks on Tuesday and Friday"),
        (date(2026, 12, 7), "FREQ=MONTHLY;BYDAY=1MO", "First Monday of every month"),
        (date(2026, 11, 27), "FREQ=MONTHLY;BYDAY=-1FR", "Last Friday of every month"),
        (date(2026, 12, 7), "FREQ=MONTHLY;BYDAY=1MO,3MO", "First Monday and Third Monday of every month"),
        (date(2026, 12, 7), "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", "First Monday of every 2 months"),
        (date(2026, 12, 15), "FREQ=MONTHLY", "Day 15 of every month"),
        (date(2026, 12, 1), "FREQ=MONTHLY;BYMONTHDAY=1,15", "Days 1 and 15 of every month"),
        (date(2026, 11, 30), "FREQ=MONTHLY;BYMONTHDAY=-1", "Last day of every month"),
        (date(2026, 11, 30), "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "Last weekday of every month"),
        (TUESDAY, "FREQ=YEARLY", "Day 24 of November every year"),
        (date(2027, 5, 8), "FREQ=YEARLY;BYMONTH=5;BYDAY=2SA", "Second Saturday of May every year"),
        (TUESDAY, "FREQ=WEEKLY;BYDAY=TU;COUNT=3", "Every Tuesday until December 8, 2026"),
        (TUESDAY, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270601", "Every Tuesday until June 1, 2027"),
    ],
)
def test_a_rule_is_told_as_people_say_it(first_day, rule, told):
    assert series_told(Recurrence(first_day, rule)) == told


def test_a_few_days_are_named_and_many_are_counted():
    few = Recurrence(TUESDAY, extra_days=(date(2027, 1, 5),))
    many = Recurrence(TUESDAY, extra_days=tuple(date(2027, 1, day) for day in range(5, 12)))

    assert series_told(few) == "November 24, 2026 and January 5, 2027"
    assert series_told(many) == "8 dates from November 24, 2026 to January 11, 2027"


def test_days_beside_the_rule_are_told():
    series = Recurrence(TUESDAY, "FREQ=WEEKLY;BYDAY=TU", extra_days=(date(2026, 12, 3),))

    assert series_told(series) == "Every Tuesday, and on December 3, 2026"
