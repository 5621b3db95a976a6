"""What visitors read of opening hours."""

from datetime import date, time, timedelta

import pytest
from django.utils import translation

from directory.opening import ALL_DAY, Hours, Interval, SpecialDay
from directory.opening_words import (
    SpecialDayTold,
    WeekdayTold,
    clock_told,
    intervals_told,
    open_line,
    special_days_told,
    week_told,
)
from tests.directory.test_opening import NIGHT, OFFICE, THANKSGIVING, WEEKDAYS, wall

ROUND_THE_CLOCK = Hours(dict.fromkeys(range(7), (ALL_DAY,)))
CLOSED_ON_THANKSGIVING = Hours(WEEKDAYS.weekly, {THANKSGIVING: SpecialDay("Thanksgiving Day")})
MOVING = Hours(
    WEEKDAYS.weekly, {date(2026, 11, 23) + timedelta(days=number): SpecialDay("Moving") for number in range(8)}
)


@pytest.mark.parametrize(
    ("hours", "at", "text", "today_is"),
    [
        pytest.param(WEEKDAYS, wall(11, 23, 10), "Open now until 4:30 PM", "", id="open"),
        pytest.param(WEEKDAYS, wall(11, 23, 6), "Closed now. Opens today at 8 AM", "", id="opens-today"),
        pytest.param(WEEKDAYS, wall(11, 23, 17), "Closed now. Opens tomorrow at 8 AM", "", id="opens-tomorrow"),
        pytest.param(WEEKDAYS, wall(11, 27, 17), "Closed now. Opens Monday at 8 AM", "", id="over-the-weekend"),
        pytest.param(
            Hours({0: (OFFICE,)}),
            wall(11, 23, 17),
            "Closed now. Opens Monday, November 30 at 8 AM",
            "",
            id="in-a-week-on-the-same-weekday",
        ),
        pytest.param(MOVING, wall(11, 23, 9), "Closed now. Opens Tuesday, December 1 at 8 AM", "Moving", id="later"),
        pytest.param(Hours({0: ()}), wall(11, 23, 9), "Closed now", "", id="never-opens"),
        pytest.param(
            CLOSED_ON_THANKSGIVING,
            wall(11, 26, 9),
            "Closed now. Opens tomorrow at 8 AM",
            "Thanksgiving Day",
            id="special-day",
        ),
        pytest.param(Hours({0: (NIGHT,)}), wall(11, 23, 23), "Open now until 2 AM", "", id="night-shift"),
        pytest.param(
            Hours({0: (Interval(time(18), time()),)}), wall(11, 23, 20), "Open now until midnight", "", id="midnight"
        ),
        pytest.param(Hours({0: (Interval(time(8), time(12)),)}), wall(11, 23, 9), "Open now until noon", "", id="noon"),
        pytest.param(
            Hours({1: (ALL_DAY,)}), wall(11, 23, 9), "Closed now. Opens tomorrow at 12 AM", "", id="opens-at-midnight"
        ),
        pytest.param(ROUND_THE_CLOCK, wall(11, 23, 3), "Open now, 24 hours a day", "", id="round-the-clock"),
        pytest.param(
            Hours(ROUND_THE_CLOCK.weekly, {THANKSGIVING: SpecialDay("Thanksgiving Day")}),
            wall(11, 23, 3),
            "Open now until Wednesday at midnight",
            "",
            id="for-days",
        ),
        pytest.param(
            Hours(ROUND_THE_CLOCK.weekly, {date(2026, 12, 4): SpecialDay("Works", (Interval(time(9), time(10)),))}),
            wall(11, 23, 3),
            "Open now until Thursday, December 3 at midnight",
            "",
            id="for-more-than-a-week",
        ),
        pytest.param(
            Hours({0: (ALL_DAY,), 1: (Interval(time(), time(9)),)}),
            wall(11, 23, 10),
            "Open now until Tuesday at 9 AM",
            "",
            id="until-tomorrow-morning",
        ),
    ],
)
def test_the_line_of_now_says_what_a_visitor_has_to_know(hours, at, text, today_is):
    line = open_line(hours, at)

    assert (line.text, line.today_is) == (text, today_is)


def test_there_is_no_line_where_nothing_is_known():
    assert open_line(Hours(), wall(11, 23, 10)) is None


@pytest.mark.parametrize(
    ("at", "english", "spanish"),
    [
        pytest.param(time(8), "8 AM", "08:00", id="full-hour"),
        pytest.param(time(16, 30), "4:30 PM", "16:30", id="half-hour"),
        pytest.param(time(0), "12 AM", "00:00", id="midnight"),
    ],
)
def test_a_time_is_written_as_on_a_door(at, english, spanish):
    assert clock_told(at) == english
    with translation.override("es"):
        assert clock_told(at) == spanish


@pytest.mark.parametrize(
    ("intervals", "told"),
    [
        pytest.param((), ["Closed"], id="closed"),
        pytest.param((ALL_DAY,), ["24 hours"], id="24-hours"),
        pytest.param(
            (Interval(time(8), time(12)), Interval(time(13), time())), ["8 AM to noon", "1 PM to midnight"], id="two"
        ),
    ],
)
def test_the_hours_of_a_day_are_told(intervals, told):
    assert intervals_told(intervals) == told


def test_the_week_marks_today_and_tells_of_the_special_days_of_the_next_seven():
    hours = Hours(
        WEEKDAYS.weekly,
        {
            THANKSGIVING: SpecialDay("Thanksgiving Day"),
            date(2026, 12, 2): SpecialDay("In a week"),
            date(2026, 11, 24): SpecialDay("Past"),
        },
    )

    week = week_told(hours, wall(11, 25, 9))

    usual = ["8 AM to 4:30 PM"]
    assert week == [
        WeekdayTold("Monday", usual, False, None),
        WeekdayTold("Tuesday", usual, False, None),
        WeekdayTold("Wednesday", usual, True, None),
        WeekdayTold("Thursday", usual, False, SpecialDayTold(THANKSGIVING, "Thanksgiving Day", ["Closed"])),
        WeekdayTold("Friday", usual, False, None),
        WeekdayTold("Saturday", ["Closed"], False, None),
        WeekdayTold("Sunday", ["Closed"], False, None),
    ]


def test_there_is_no_week_where_nothing_is_said_of_usual_days():
    assert week_told(Hours(special={THANKSGIVING: SpecialDay("Thanksgiving Day")}), wall(11, 25, 9)) == []


def test_special_days_are_told_in_their_order_from_today_on():
    days = [date(2026, 12, 25), date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 26)]
    hours = Hours(special={day: SpecialDay(str(day)) for day in days})

    told = special_days_told(hours, wall(11, 25, 23, 59), timedelta(days=30))

    assert [special.day for special in told] == [date(2026, 11, 25), date(2026, 12, 25)]
