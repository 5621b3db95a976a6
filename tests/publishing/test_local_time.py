from datetime import UTC, date, datetime, time

import pytest

from publishing.local_time import (
    SkippedTimeError,
    clocks_reach,
    day_after,
    day_and_time,
    local_midnight,
    localize,
)


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        pytest.param(date(2027, 1, 15), time(9), datetime(2027, 1, 15, 14, tzinfo=UTC), id="winter"),
        pytest.param(date(2027, 7, 15), time(9), datetime(2027, 7, 15, 13, tzinfo=UTC), id="summer"),
        pytest.param(date(2027, 3, 14), time(1, 59), datetime(2027, 3, 14, 6, 59, tzinfo=UTC), id="before-the-gap"),
        pytest.param(date(2027, 3, 14), time(3), datetime(2027, 3, 14, 7, tzinfo=UTC), id="after-the-gap"),
        pytest.param(date(2027, 11, 7), time(1, 30), datetime(2027, 11, 7, 5, 30, tzinfo=UTC), id="first-of-twice"),
        pytest.param(date(2027, 11, 7), time(2), datetime(2027, 11, 7, 7, tzinfo=UTC), id="after-the-double-hour"),
    ],
)
def test_localize_reads_the_clock_on_the_wall(day, at, instant):
    # In UTC, since Python never calls a time of the double hour equal to one of another zone.
    assert localize(day, at).astimezone(UTC) == instant


@pytest.mark.parametrize("at", [time(2), time(2, 30), time(2, 59, 59)])
def test_localize_refuses_the_hour_that_is_skipped(at):
    with pytest.raises(SkippedTimeError):
        localize(date(2027, 3, 14), at)


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        pytest.param(date(2027, 3, 14), time(1, 59), datetime(2027, 3, 14, 6, 59, tzinfo=UTC), id="before-the-gap"),
        pytest.param(date(2027, 3, 14), time(2), datetime(2027, 3, 14, 7, tzinfo=UTC), id="gap-begins"),
        pytest.param(date(2027, 3, 14), time(2, 59, 59), datetime(2027, 3, 14, 7, tzinfo=UTC), id="gap-ends"),
        pytest.param(date(2027, 11, 7), time(1, 30), datetime(2027, 11, 7, 5, 30, tzinfo=UTC), id="first-of-twice"),
    ],
)
def test_clocks_that_jump_over_a_time_have_reached_it(day, at, instant):
    assert clocks_reach(day, at).astimezone(UTC) == instant


def test_a_day_begins_at_the_hospitals_midnight():
    assert local_midnight(date(2027, 3, 14)) == datetime(2027, 3, 14, 5, tzinfo=UTC)
    assert local_midnight(date(2027, 3, 15)) == datetime(2027, 3, 15, 4, tzinfo=UTC)


def test_day_after_crosses_the_year():
    assert day_after(date(2027, 12, 31)) == date(2028, 1, 1)


def test_a_time_that_comes_twice_is_told_with_its_zone():
    first, second = datetime(2027, 11, 7, 5, 30, tzinfo=UTC), datetime(2027, 11, 7, 6, 30, tzinfo=UTC)

    assert [day_and_time(at) for at in (first, second)] == ["Sun, Nov 7, 1:30 AM EDT", "Sun, Nov 7, 1:30 AM EST"]
