"""Where things stand on the charts."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ertimes.charts import BOTTOM, LEFT, MOST_POINTS, RIGHT, TOP, Tick, TimeAxis, thinned, wait_axis
from ertimes.last_day import HourOfDay, last_day_of
from ertimes.models import HourlyWait
from ertimes.timeline import Shown
from ertimes.usual_waits import usual_wait, usual_waits_of

NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)  # a Monday, 12:00 PM in Norwich
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def shown(minutes_ago, wait, lasts=10, until=NOON):
    """Return the Shown that began so many minutes before `until`; `wait` in minutes or None."""
    starts_at = until - minutes_ago * MINUTE
    return Shown(starts_at, starts_at + lasts * MINUTE, None if wait is None else wait * MINUTE)


def points(day):
    """Return every (x, y) that is drawn."""
    return [tuple(map(int, point.split(","))) for line in day.lines for point in line.split()] + day.dots


def an_hour(hour, *, minutes=30, readings=12, patients=None, shortest=None, longest=None):
    return HourlyWait(
        hour=hour,
        readings=readings,
        total=minutes * readings * MINUTE,
        shortest=(minutes if shortest is None else shortest) * MINUTE,
        longest=(minutes if longest is None else longest) * MINUTE,
        patients=patients,
    )


def weeks_before(at, *weeks, **facts):
    return [an_hour(at - timedelta(weeks=week), **facts) for week in weeks]


# The axis of waits


@pytest.mark.parametrize(
    ("longest", "labels", "in_hours"),
    [
        (0, ["0", "5", "10"], False),
        (10, ["0", "5", "10"], False),
        (11, ["0", "5", "10", "15"], False),
        (48, ["0", "15", "30", "45", "60"], False),
        (60, ["0", "15", "30", "45", "60"], False),
        (61, ["0", "20", "40", "60", "80"], False),
        (120, ["0", "30", "60", "90", "120"], False),
        (121, ["0", "1", "2", "3"], True),
        (24 * 60, ["0", "6", "12", "18", "24"], True),
    ],
)
def test_the_ticks_of_waits_are_few_and_round(longest, labels, in_hours):
    axis = wait_axis(longest * MINUTE)

    assert [tick.label for tick in axis.ticks] == labels
    assert axis.in_hours == in_hours
    assert (axis.ticks[0].place, axis.ticks[-1].place) == (BOTTOM, TOP)


@given(longest=st.integers(0, 24 * 60))
def test_every_wait_has_room_below_at_most_five_ticks(longest):
    axis = wait_axis(longest * MINUTE)

    assert TOP <= axis.y(longest * MINUTE) <= BOTTOM
    assert 3 <= len(axis.ticks) <= 5


# The axis of time


def clock(axis):
    return [hour.strftime("%-d %H %Z") for hour in axis.hours]


def test_a_day_has_its_quarters_and_the_names_of_its_days():
    axis = TimeAxis(NOON - DAY, NOON, NEW_YORK)

    assert axis.ticks == [
        Tick(64, "12 PM", "middle"),
        Tick(225, "6 PM", "middle"),
        Tick(386, "12 AM", "middle"),
        Tick(547, "6 AM", "middle"),
        Tick(708, "12 PM", "end"),
    ]
    assert axis.days == [Tick(376, "Yesterday", "end"), Tick(396, "Today", "start")]


def test_the_day_of_25_hours_shows_one_in_the_morning_twice():
    end = datetime(2027, 11, 7, 17, tzinfo=UTC)  # noon, after the change

    axis = TimeAxis(end - DAY, end, NEW_YORK)

    assert [hour for hour in clock(axis) if hour.startswith("7 01")] == ["7 01 EDT", "7 01 EST"]
    assert len(clock(axis)) == 25
    assert clock(axis)[0] == "6 13 EDT"
    assert [tick.label for tick in axis.ticks] == ["6 PM", "12 AM", "6 AM", "12 PM"]
    # From midnight to six there are seven hours.
    widths = [b.place - a.place for a, b in zip(axis.ticks, axis.ticks[1:], strict=False)]
    assert widths == [161, 188, 161]


def test_the_day_of_23_hours_has_no_two_in_the_morning():
    end = datetime(2027, 3, 14, 16, tzinfo=UTC)  # noon, after the change

    axis = TimeAxis(end - DAY, end, NEW_YORK)

    assert [hour for hour in clock(axis) if hour.startswith("14 0")][:3] == ["14 00 EST", "14 01 EST", "14 03 EDT"]
    assert clock(axis)[0] == "13 11 EST"
    assert [b.place - a.place for a, b in zip(axis.ticks, axis.ticks[1:], strict=False)] == [161, 161, 134, 161]


@pytest.mark.parametrize(
    ("hour", "days"),
    [
        pytest.param(0, ["Yesterday"], id="midnight"),
        pytest.param(2, ["Yesterday"], id="today-has-no-room-yet"),
        pytest.param(8, ["Yesterday", "Today"], id="morning"),
        pytest.param(23, ["Today"], id="yesterday-has-no-room-any-more"),
    ],
)
def test_a_days_name_stands_where_it_has_room(hour, days):
    end = datetime(2026, 3, 2, hour, tzinfo=NEW_YORK).astimezone(UTC)

    assert [day.label for day in TimeAxis(end - DAY, end, NEW_YORK).days] == days


# The line of the last day


def test_nothing_shown_is_no_chart():
    assert last_day_of([], NOON, NEW_YORK) is None
    assert last_day_of([shown(30, None)], NOON, NEW_YORK) is None
    assert last_day_of([shown(24 * 60 + 1, 25)], NOON, NEW_YORK) is None


def test_what_was_shown_without_a_break_is_one_line():
    day = last_day_of([shown(20, 30), shown(10, 60)], NOON, NEW_YORK)

    assert (day.lines, day.dots, day.gaps) == (["699,167 704,44"], [], 0)


def test_where_nothing_was_shown_the_line_is_broken_and_a_lone_reading_is_a_dot():
    timeline = [shown(90, 30), shown(80, 30), shown(60, 30), shown(40, 30), shown(30, 30)]

    day = last_day_of(timeline, NOON, NEW_YORK)

    assert (len(day.lines), len(day.dots), day.gaps) == (2, 1, 2)


def test_no_line_runs_across_staffs_word_that_there_is_no_number():
    day = last_day_of([shown(30, 20), shown(20, None), shown(10, 40)], NOON, NEW_YORK)

    assert (day.lines, len(day.dots), day.readings) == ([], 2, 2)


@pytest.mark.parametrize("wait", [0, 1, 25, 24 * 60])
def test_all_waits_alike_make_a_level_line_inside_the_picture(wait):
    day = last_day_of([shown(minutes, wait) for minutes in (30, 20, 10)], NOON, NEW_YORK)

    assert {y for _x, y in points(day)} == {day.waits.y(wait * MINUTE)}
    assert all(LEFT <= x <= RIGHT and TOP <= y <= BOTTOM for x, y in points(day))


def test_a_reading_each_minute_is_thinned_and_its_peaks_stay():
    timeline = [shown(minutes, 30 + minutes % 7, lasts=1) for minutes in range(1440, 0, -1)]
    timeline[700] = shown(1440 - 700, 240, lasts=1)
    timeline[701] = shown(1440 - 701, 0, lasts=1)

    day = last_day_of(timeline, NOON, NEW_YORK)

    assert day.readings == 1440
    assert len(day.lines) == 1
    assert len(points(day)) <= MOST_POINTS
    assert {TOP, BOTTOM} <= {y for _x, y in points(day)}
    assert (day.shortest, day.longest) == (0, 240)


@settings(max_examples=30)
@given(
    waits=st.lists(st.lists(st.integers(0, 1440), min_size=1, max_size=60), min_size=1, max_size=40),
    most=st.integers(10, 60),
)
def test_thinning_keeps_the_lowest_the_highest_the_first_and_the_last(waits, most):
    total = sum(len(segment) for segment in waits)
    places = iter(range(total))
    segments = [[(LEFT + next(places) * (RIGHT - LEFT) // total, wait) for wait in segment] for segment in waits]
    before = [point for segment in segments for point in segment]

    after = [point for segment in thinned(segments, most) for point in segment]

    assert len(after) <= max(most, 10)
    assert (after[0], after[-1]) == (before[0], before[-1])
    assert min(wait for _x, wait in after) == min(wait for _x, wait in before)
    assert max(wait for _x, wait in after) == max(wait for _x, wait in before)
    assert after == sorted(after, key=lambda point: point[0])


def test_the_table_has_every_hour_with_or_without_a_reading():
    at = NOON + 20 * MINUTE
    timeline = [shown(90, 20, until=at), shown(80, 25, until=at), shown(10, 40, until=at)]

    day = last_day_of(timeline, at, NEW_YORK)

    assert len(day.hours) == 25
    assert day.hours[-3:] == [
        HourOfDay(datetime(2026, 3, 2, 10, tzinfo=NEW_YORK), 1, 20, 20, 20),
        HourOfDay(datetime(2026, 3, 2, 11, tzinfo=NEW_YORK), 1, 25, 25, 25),
        HourOfDay(datetime(2026, 3, 2, 12, tzinfo=NEW_YORK), 1, 40, 40, 40),
    ]
    assert [hour.readings for hour in day.hours[:-3]] == [0] * 22
    assert day.names_zone is False


def test_a_reading_of_this_very_full_hour_has_its_row():
    day = last_day_of([shown(10, 20), shown(0, 30)], NOON, NEW_YORK)

    assert [(hour.starts_at.hour, hour.average) for hour in day.hours if hour.readings] == [(11, 20), (12, 30)]


def test_the_hour_that_comes_twice_has_two_rows_with_the_names_of_their_zones():
    end = datetime(2027, 11, 7, 12, tzinfo=UTC)
    first, second = end - 390 * MINUTE, end - 330 * MINUTE  # 1:30 AM, and an hour later 1:30 AM again
    timeline = [Shown(first, second, 20 * MINUTE), Shown(second, end, 30 * MINUTE)]

    day = last_day_of(timeline, end, NEW_YORK)

    rows = [(hour.starts_at.strftime("%-I %p %Z"), hour.average) for hour in day.hours if hour.readings]
    assert rows == [("1 AM EDT", 20), ("1 AM EST", 30)]
    assert day.names_zone is True


def test_a_chart_made_again_in_the_same_minute_is_the_same():
    timeline = [shown(30, 20), shown(20, 25)]

    one = last_day_of(timeline, NOON + timedelta(seconds=1), NEW_YORK)

    assert last_day_of(timeline, NOON + timedelta(seconds=59), NEW_YORK) == one
    assert last_day_of(timeline, NOON + timedelta(seconds=61), NEW_YORK) != one


@settings(max_examples=40)
@given(
    starts=st.lists(st.integers(-200, 1700), max_size=30, unique=True),
    waits=st.lists(st.none() | st.integers(0, 1440), min_size=30, max_size=30),
)
def test_whatever_was_shown_is_drawn_inside_the_picture(starts, waits):
    starts = sorted(starts, reverse=True)
    timeline = [
        Shown(NOON - start * MINUTE, NOON - (start - 1) * MINUTE, None if wait is None else wait * MINUTE)
        for start, wait in zip(starts, waits, strict=False)
    ]

    day = last_day_of(timeline, NOON, NEW_YORK)

    inside = [
        shown for shown in timeline if NOON - DAY <= shown.starts_at <= NOON and shown.door_to_provider is not None
    ]
    if day is None:
        assert inside == []
    else:
        assert len(points(day)) == len(inside) == sum(hour.readings for hour in day.hours)
        assert all(LEFT <= x <= RIGHT and TOP <= y <= BOTTOM for x, y in points(day))


# The usual wait


def test_an_hour_is_usual_from_three_of_the_eight_weeks_on():
    nine = NOON - 3 * HOUR
    rows = [*weeks_before(NOON, 1, 2, 3, minutes=30, shortest=10, longest=50), *weeks_before(nine, 1, 2)]

    usual = usual_waits_of(rows, NOON, NEW_YORK)

    told = {hour.starts_at: (hour.minutes, hour.weeks, hour.readings) for hour in usual.hours if hour.weeks}
    assert told == {time(12): ([30, 10, 50], 3, 36), time(9): (None, 2, 24)}
    assert len(usual.hours) == 24
    assert (len(usual.bars), usual.readings) == (1, 36)
    [bar] = usual.bars
    assert (bar.y, bar.shortest, bar.longest, bar.y + bar.height) == (
        usual.waits.y(30 * MINUTE),
        usual.waits.y(10 * MINUTE),
        usual.waits.y(50 * MINUTE),
        BOTTOM,
    )


def test_too_little_of_every_hour_is_no_chart():
    assert usual_waits_of([], NOON, NEW_YORK) is None
    assert usual_waits_of(weeks_before(NOON, 1, 2), NOON, NEW_YORK) is None


def test_this_hour_is_marked_on_the_hospitals_clock():
    usual = usual_waits_of(weeks_before(NOON, 1, 2, 3), NOON + 59 * MINUTE, NEW_YORK)

    assert [hour.starts_at for hour in usual.hours if hour.is_now] == [time(12)]
    assert usual.now.middle == usual.bars[0].middle


def test_a_usual_wait_of_nothing_is_a_wait():
    usual = usual_waits_of(weeks_before(NOON, 1, 2, 3, minutes=0), NOON, NEW_YORK)

    assert usual.hours[12].minutes == [0, 0, 0]
    assert usual.bars[0].height == 0


def test_the_hour_that_comes_twice_is_one_hour_of_one_week():
    at = datetime(2027, 11, 14, 17, tzinfo=UTC)  # the Sunday after
    twice = [an_hour(datetime(2027, 11, 7, hour, tzinfo=UTC), minutes=30) for hour in (5, 6)]
    others = [an_hour(datetime(2027, 10, day, 5, tzinfo=UTC), minutes=30) for day in (24, 31)]

    usual = usual_waits_of([*twice, *others], at, NEW_YORK)

    assert (usual.hours[1].weeks, usual.hours[1].readings) == (3, 48)


def test_the_hour_that_is_skipped_is_missing_in_its_week():
    at = datetime(2027, 3, 21, 16, tzinfo=UTC)
    rows = [an_hour(datetime(2027, 3, 14, hour, tzinfo=UTC)) for hour in range(5, 24)]

    usual = usual_waits_of([*rows, *weeks_before(rows[0].hour, 1, 2)], at, NEW_YORK)

    assert [hour.weeks for hour in usual.hours[:4]] == [3, 1, 0, 1]


def test_a_week_counts_by_its_patients_where_all_tell_of_them():
    # 2 patients waited 60 minutes, and 6 waited 20; the first feed reports six times as often.
    rows = [an_hour(NOON, minutes=60, readings=60, patients=120), an_hour(NOON, minutes=20, readings=10, patients=60)]

    assert usual_wait(rows) == 30 * MINUTE


@pytest.mark.parametrize("patients", [None, 0])
def test_where_one_does_not_tell_every_reading_counts_alike(patients):
    rows = [
        an_hour(NOON, minutes=60, readings=1, patients=50),
        an_hour(NOON, minutes=20, readings=3, patients=patients),
    ]

    assert usual_wait(rows) == 30 * MINUTE
