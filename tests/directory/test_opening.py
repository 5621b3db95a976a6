"""What opening hours say of an instant. The days are real ones of New York's calendar and clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.opening import ALL_DAY, Hours, Interval, SpecialDay, first_overlap, open_state

NEW_YORK = ZoneInfo("America/New_York")
OFFICE = Interval(time(8), time(16, 30))
NIGHT = Interval(time(22), time(2))
WEEKDAYS = Hours(dict.fromkeys(range(5), (OFFICE,)))
THANKSGIVING = date(2026, 11, 26)  # a Thursday


def wall(month, day, hour, minute=0, year=2026):
    """Return the instant at which the hospital's clocks show it."""
    return datetime(year, month, day, hour, minute, tzinfo=NEW_YORK).astimezone(UTC)


def told(hours, at):
    state = open_state(hours, at)
    return state.is_open, state.until, state.opens_next, state.today_is


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(wall(11, 23, 10), (True, wall(11, 23, 16, 30), None, ""), id="in-the-morning"),
        pytest.param(wall(11, 23, 8), (True, wall(11, 23, 16, 30), None, ""), id="as-it-opens"),
        pytest.param(wall(11, 23, 16, 30), (False, None, wall(11, 24, 8), ""), id="as-it-closes"),
        pytest.param(wall(11, 23, 7, 59), (False, None, wall(11, 23, 8), ""), id="before-it-opens"),
        pytest.param(wall(11, 27, 17), (False, None, wall(11, 30, 8), ""), id="over-the-weekend"),
    ],
)
def test_an_office_is_open_on_weekdays(at, expected):
    assert told(WEEKDAYS, at) == expected


def test_a_lunch_break_is_closed():
    hours = Hours({0: (Interval(time(13), time(16)), Interval(time(8), time(12)))})

    assert told(hours, wall(11, 23, 12, 30)) == (False, None, wall(11, 23, 13), "")
    assert told(hours, wall(11, 23, 9)) == (True, wall(11, 23, 12), None, "")


def test_two_intervals_that_meet_are_one():
    hours = Hours({0: (Interval(time(8), time(12)), Interval(time(12), time(16)))})

    assert told(hours, wall(11, 23, 9)) == (True, wall(11, 23, 16), None, "")


def test_where_no_hours_are_known_nothing_is_said():
    state = open_state(Hours(), wall(11, 23, 10))

    assert (state.is_open, state.until, state.opens_next, state.today_is) == (None, None, None, "")


def test_a_special_day_is_known_where_nothing_is_said_of_usual_days():
    hours = Hours(special={THANKSGIVING: SpecialDay("Thanksgiving Day")})

    assert told(hours, wall(11, 26, 10)) == (False, None, None, "Thanksgiving Day")
    assert told(hours, wall(11, 27, 10)) == (None, None, None, "")


def test_a_night_shift_belongs_to_the_evening_on_which_it_began():
    hours = Hours({4: (NIGHT,)})

    assert told(hours, wall(11, 27, 23)) == (True, wall(11, 28, 2), None, "")
    assert told(hours, wall(11, 28, 1, 59)) == (True, wall(11, 28, 2), None, "")
    assert told(hours, wall(11, 28, 2)) == (False, None, wall(12, 4, 22), "")


def test_a_shift_until_midnight_ends_with_its_day():
    hours = Hours({4: (Interval(time(18), time()),)})

    assert told(hours, wall(11, 27, 23)) == (True, wall(11, 28, 0), None, "")
    assert told(hours, wall(11, 28, 0)) == (False, None, wall(12, 4, 18), "")


def test_a_special_day_does_not_end_the_night_shift_before_it():
    hours = Hours({2: (NIGHT,), 3: (NIGHT,)}, {THANKSGIVING: SpecialDay("Thanksgiving Day")})

    assert told(hours, wall(11, 26, 1)) == (True, wall(11, 26, 2), None, "Thanksgiving Day")
    assert told(hours, wall(11, 26, 3)) == (False, None, wall(12, 2, 22), "Thanksgiving Day")
    assert told(hours, wall(11, 27, 1)) == (False, None, wall(12, 2, 22), "")


def test_a_special_days_own_night_shift_goes_on_after_it():
    hours = Hours(WEEKDAYS.weekly, {THANKSGIVING: SpecialDay("Thanksgiving Day", (NIGHT,))})

    assert told(hours, wall(11, 26, 10)) == (False, None, wall(11, 26, 22), "Thanksgiving Day")
    assert told(hours, wall(11, 27, 1)) == (True, wall(11, 27, 2), None, "")


def test_after_a_holiday_weekend_it_opens_on_monday():
    closed = {THANKSGIVING: SpecialDay("Thanksgiving Day"), date(2026, 11, 27): SpecialDay("Day after Thanksgiving")}

    assert told(Hours(WEEKDAYS.weekly, closed), wall(11, 25, 17)) == (False, None, wall(11, 30, 8), "")


def test_a_special_day_may_have_several_intervals():
    day = SpecialDay("Christmas Eve", (Interval(time(8), time(10)), Interval(time(11), time(12))))
    hours = Hours(WEEKDAYS.weekly, {date(2026, 12, 24): day})

    assert told(hours, wall(12, 24, 9)) == (True, wall(12, 24, 10), None, "Christmas Eve")
    assert told(hours, wall(12, 24, 10, 30)) == (False, None, wall(12, 24, 11), "Christmas Eve")
    assert told(hours, wall(12, 24, 12)) == (False, None, wall(12, 25, 8), "Christmas Eve")


def test_what_never_closes_is_open_until_nobody_knows():
    hours = Hours(dict.fromkeys(range(7), (ALL_DAY,)))

    assert told(hours, wall(11, 23, 3)) == (True, None, None, "")
    assert told(hours, wall(11, 1, 1)) == (True, None, None, "")


def test_what_closes_in_two_weeks_is_told_and_later_not():
    hours = Hours(dict.fromkeys(range(7), (ALL_DAY,)), {date(2026, 12, 25): SpecialDay("Christmas Day")})

    assert told(hours, wall(12, 11, 0)) == (True, wall(12, 25, 0), None, "")
    assert told(hours, wall(12, 10, 23, 59)) == (True, None, None, "")


def test_what_opens_in_two_weeks_is_told_and_later_not():
    closed = {date(2026, 12, 1) + timedelta(days=number): SpecialDay("Moving house") for number in range(20)}

    assert told(Hours(WEEKDAYS.weekly, closed), wall(12, 7, 8)) == (False, None, wall(12, 21, 8), "Moving house")
    assert told(Hours(WEEKDAYS.weekly, closed), wall(12, 7, 7, 59)) == (False, None, None, "Moving house")


SPRING = wall(3, 8, 0)  # at 2 AM of March 8, 2026 the clocks jump to 3
AUTUMN = wall(11, 1, 0)  # at 2 AM of November 1, 2026 they go back to 1


@pytest.mark.parametrize(
    ("interval", "hours_after_midnight"),
    [
        pytest.param(Interval(time(22), time(1, 30)), 1.5, id="before-the-jump"),
        pytest.param(Interval(time(22), time(2)), 2, id="at-the-jump"),
        pytest.param(Interval(time(22), time(2, 30)), 2, id="in-the-hour-that-is-skipped"),
        pytest.param(Interval(time(22), time(6)), 5, id="after-the-jump"),
    ],
)
def test_a_night_shift_ends_by_the_clock_on_the_wall_in_spring(interval, hours_after_midnight):
    hours = Hours({5: (interval,)})

    assert told(hours, SPRING) == (True, SPRING + timedelta(hours=hours_after_midnight), None, "")


@pytest.mark.parametrize(
    ("interval", "hours_after_midnight"),
    [
        pytest.param(Interval(time(22), time(1)), 1, id="as-the-hour-first-begins"),
        pytest.param(Interval(time(22), time(1, 30)), 1.5, id="in-the-hour-that-comes-twice"),
        pytest.param(Interval(time(22), time(2)), 3, id="after-both"),
    ],
)
def test_a_night_shift_ends_the_first_time_the_clock_shows_it_in_autumn(interval, hours_after_midnight):
    hours = Hours({5: (interval,)})

    assert told(hours, AUTUMN) == (True, AUTUMN + timedelta(hours=hours_after_midnight), None, "")


def test_in_the_hour_that_comes_twice_it_is_closed_the_second_time():
    hours = Hours({6: (Interval(time(1), time(1, 30)),)})

    assert [open_state(hours, AUTUMN + timedelta(minutes=m)).is_open for m in (75, 90, 135)] == [True, False, False]


def test_a_door_that_would_open_in_the_skipped_hour_opens_at_the_jump():
    hours = Hours({6: (Interval(time(2, 30), time(5)),)})

    assert told(hours, SPRING) == (False, None, SPRING + timedelta(hours=2), "")


def test_what_lies_in_the_skipped_hour_alone_does_not_open_that_day():
    hours = Hours({6: (Interval(time(2, 15), time(2, 45)),)})

    assert told(hours, SPRING) == (False, None, wall(3, 15, 2, 15), "")
    assert open_state(hours, SPRING + timedelta(hours=2)).is_open is False


@pytest.mark.parametrize(
    ("at", "holds_until"),
    [
        pytest.param(wall(11, 23, 10), wall(11, 23, 16, 30), id="until-it-closes"),
        pytest.param(wall(11, 23, 7), wall(11, 23, 8), id="until-it-opens"),
        pytest.param(wall(11, 23, 17), wall(11, 24, 0), id="until-tomorrow-is-today"),
    ],
)
def test_a_state_says_how_long_it_holds(at, holds_until):
    assert open_state(WEEKDAYS, at).holds_until == holds_until


def test_a_state_asked_for_in_another_zone_is_the_same():
    at = wall(11, 23, 10)

    assert open_state(WEEKDAYS, at.astimezone(ZoneInfo("Asia/Tokyo"))) == open_state(WEEKDAYS, at)


TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
DAYS = st.lists(st.builds(Interval, TIMES, TIMES), max_size=3).map(tuple)


@given(
    weekly=st.dictionaries(st.integers(0, 6), DAYS),
    special=st.dictionaries(st.dates(date(2026, 3, 1), date(2026, 3, 15)), DAYS),
    minutes=st.integers(0, 14 * 24 * 60),
)
def test_a_state_stays_what_it_is_as_long_as_it_holds(weekly, special, minutes):
    hours = Hours(weekly, {day: SpecialDay("Special", intervals) for day, intervals in special.items()})
    at = wall(3, 1, 0) + timedelta(minutes=minutes)

    state = open_state(hours, at)
    last = open_state(hours, state.holds_until - timedelta(microseconds=1))

    assert at < state.holds_until
    assert (last.is_open, last.today_is) == (state.is_open, state.today_is)
    assert state.until is None or open_state(hours, state.until).is_open is not True
    assert state.opens_next is None or open_state(hours, state.opens_next).is_open


@pytest.mark.parametrize(
    ("intervals", "overlap"),
    [
        pytest.param([], None, id="none"),
        pytest.param([(0, OFFICE), (1, OFFICE)], None, id="two-days"),
        pytest.param([(0, Interval(time(8), time(12))), (0, Interval(time(12), time(16)))], None, id="they-meet"),
        pytest.param([(0, OFFICE), (0, OFFICE)], ((0, OFFICE), (0, OFFICE)), id="twice-the-same"),
        pytest.param(
            [(0, OFFICE), (0, Interval(time(16), time(18)))],
            ((0, OFFICE), (0, Interval(time(16), time(18)))),
            id="half-an-hour",
        ),
        pytest.param([(0, ALL_DAY), (0, OFFICE)], ((0, ALL_DAY), (0, OFFICE)), id="all-day-and-an-office"),
        pytest.param([(0, ALL_DAY), (1, ALL_DAY)], None, id="day-after-day"),
        pytest.param([(0, NIGHT), (1, Interval(time(2), time(6)))], None, id="after-the-night"),
        pytest.param(
            [(0, NIGHT), (1, Interval(time(1), time(6)))],
            ((0, NIGHT), (1, Interval(time(1), time(6)))),
            id="in-the-night",
        ),
        pytest.param(
            [(6, NIGHT), (0, Interval(time(1), time(6)))],
            ((0, Interval(time(1), time(6))), (6, NIGHT)),
            id="from-sunday-into-monday",
        ),
    ],
)
def test_overlaps_are_found_round_the_week(intervals, overlap):
    assert first_overlap(intervals, every=7) == overlap


def test_two_dates_do_not_come_again():
    day = THANKSGIVING.toordinal()

    assert first_overlap([(day, NIGHT), (day - 6, Interval(time(1), time(6)))]) is None
