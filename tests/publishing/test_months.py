from datetime import UTC, date, datetime

import pytest
import time_machine
from django.http import Http404

from publishing.months import Month, month_or_404


@pytest.mark.parametrize(
    ("month", "previous", "following"),
    [
        (Month(2027, 1), Month(2026, 12), Month(2027, 2)),
        (Month(2027, 6), Month(2027, 5), Month(2027, 7)),
        (Month(2027, 11), Month(2027, 10), Month(2027, 12)),
        (Month(2027, 12), Month(2027, 11), Month(2028, 1)),
    ],
)
def test_a_month_knows_the_ones_beside_it(month, previous, following):
    assert (month.previous, month.next) == (previous, following)


def test_bounds_are_the_hospitals_midnights():
    assert Month(2027, 11).bounds == (
        datetime(2027, 11, 1, 4, tzinfo=UTC),  # summer time
        datetime(2027, 12, 1, 5, tzinfo=UTC),  # winter time
    )


def test_current_month_is_the_hospitals_not_utcs():
    with time_machine.travel(datetime(2027, 7, 1, 3, 30, tzinfo=UTC), tick=False):
        assert Month.current() == Month(2027, 6)


def test_first_day():
    assert Month.of(date(2027, 6, 30)).first_day == date(2027, 6, 1)


@pytest.mark.parametrize(("year", "month"), [(2027, 0), (2027, 13), (0, 1), (1899, 12), (2201, 1), (10**30, 1)])
def test_a_month_of_no_calendar_is_not_found(year, month):
    with pytest.raises(Http404):
        month_or_404(year, month)


@pytest.mark.parametrize("year", [1900, 2200])
def test_the_outermost_months_have_bounds(year):
    begin, end = month_or_404(year, 12).bounds

    assert begin < end


def test_the_weeks_of_a_month_begin_on_sunday():
    weeks = Month(2026, 11).weeks

    assert (weeks[0][0], weeks[-1][-1]) == (date(2026, 11, 1), date(2026, 12, 5))
    assert len(Month(2015, 2).weeks) == 4
