"""The patterns that editors choose: to a rule and back."""

from datetime import date

import pytest

from events.patterns import Ending, Pattern, rule_of, values_of
from events.recurrence import Recurrence, checked_rule

TUESDAY = date(2026, 11, 24)  # the fourth of its month
NEVER = {"ends": Ending.NEVER}


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"repeats": Pattern.DAYS}, "FREQ=DAILY"),
        ({"repeats": Pattern.WEEK, "every": 1, "weekdays": ["TU"]}, "FREQ=WEEKLY;BYDAY=TU"),
        ({"repeats": Pattern.WEEK, "every": 1, "weekdays": ["TU", "TH"]}, "FREQ=WEEKLY;BYDAY=TU,TH"),
        ({"repeats": Pattern.OTHER_WEEK, "every": 2, "weekdays": ["TU"]}, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        ({"repeats": Pattern.WEEKS, "every": 3, "weekdays": ["TU"]}, "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU"),
        ({"repeats": Pattern.MONTH_WEEKDAY, "weekday": "MO", "which": ["1"]}, "FREQ=MONTHLY;BYDAY=1MO"),
        ({"repeats": Pattern.MONTH_WEEKDAY, "weekday": "FR", "which": ["-1"]}, "FREQ=MONTHLY;BYDAY=-1FR"),
        ({"repeats": Pattern.MONTH_WEEKDAY, "weekday": "TU", "which": ["2", "4"]}, "FREQ=MONTHLY;BYDAY=2TU,4TU"),
        ({"repeats": Pattern.MONTH_DAY, "month_day": "15"}, "FREQ=MONTHLY;BYMONTHDAY=15"),
        ({"repeats": Pattern.MONTH_DAY, "month_day": "-1"}, "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ({"repeats": Pattern.YEAR}, "FREQ=YEARLY"),
    ],
)
def test_a_pattern_is_a_rule_and_comes_back(values, rule):
    written = rule_of({**NEVER, **values}, TUESDAY)
    read = values_of(rule, [], TUESDAY)

    assert (written, checked_rule(written)) == (rule, rule)
    assert read == {**NEVER, **values}


@pytest.mark.parametrize(
    ("ending", "end_of_rule"),
    [
        ({"ends": Ending.UNTIL, "until": date(2027, 6, 1)}, ";UNTIL=20270601"),
        ({"ends": Ending.COUNT, "count": 8}, ";COUNT=8"),
    ],
)
def test_a_series_ends_on_a_day_or_after_so_many(ending, end_of_rule):
    values = {"repeats": Pattern.WEEK, "every": 1, "weekdays": ["TU"], **ending}

    rule = rule_of(values, TUESDAY)

    assert rule == f"FREQ=WEEKLY;BYDAY=TU{end_of_rule}"
    assert values_of(rule, [], TUESDAY) == values


@pytest.mark.parametrize(
    ("repeats", "rule"),
    [
        (Pattern.WEEK, "FREQ=WEEKLY;BYDAY=TU"),
        (Pattern.MONTH_WEEKDAY, "FREQ=MONTHLY;BYDAY=4TU"),
        (Pattern.MONTH_DAY, "FREQ=MONTHLY;BYMONTHDAY=24"),
    ],
)
def test_what_nobody_chose_is_as_the_first_day(repeats, rule):
    assert rule_of({"repeats": repeats, "ends": Ending.NEVER}, TUESDAY) == rule


def test_the_fifth_weekday_of_a_month_is_its_last():
    assert rule_of({"repeats": Pattern.MONTH_WEEKDAY, **NEVER}, date(2026, 12, 29)) == "FREQ=MONTHLY;BYDAY=-1TU"


def test_once_and_listed_dates_have_no_rule():
    assert rule_of({"repeats": Pattern.ONCE}, TUESDAY) == ""
    assert rule_of({"repeats": Pattern.DATES}, TUESDAY) == ""
    assert values_of("", [], TUESDAY) == {"repeats": Pattern.ONCE, **NEVER}
    assert values_of("", [date(2026, 12, 1)], TUESDAY) == {"repeats": Pattern.DATES, **NEVER}


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=1MO,3TU",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=5TU",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=4TU",
        "FREQ=YEARLY;BYMONTH=11;BYDAY=4TU",
        "FREQ=YEARLY;INTERVAL=2",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
    ],
)
def test_a_rule_that_no_pattern_says_stays_a_rule(rule):
    assert values_of(checked_rule(rule), [], TUESDAY) == {"repeats": Pattern.RULE, **NEVER}


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TU;WKST=MO", "FREQ=MONTHLY", "FREQ=WEEKLY;WKST=SU"])
def test_what_a_rule_leaves_to_its_first_day_is_said(rule):
    values = values_of(rule, [], TUESDAY)

    told = rule_of(values, TUESDAY)

    begin, end = TUESDAY, date(2029, 1, 1)
    assert values["repeats"] != Pattern.RULE
    assert Recurrence(TUESDAY, told).days(begin, end) == Recurrence(TUESDAY, rule).days(begin, end)


def test_without_a_first_day_a_rule_stays_as_it_is():
    assert values_of("FREQ=WEEKLY", [], None)["repeats"] == Pattern.RULE
