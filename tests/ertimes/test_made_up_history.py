"""The demonstration's past."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from ertimes.history import History
from ertimes.hours import summarize_recent
from ertimes.made_up_history import make_up_history
from ertimes.models import HourlyAccuracy, HourlyWait, WaitTimeReading
from ertimes.waits import current_waits
from tests.factories import create_department, create_reading

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 17, 12, 34, tzinfo=UTC)
TABLES = [WaitTimeReading, HourlyWait, HourlyAccuracy]


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def rows(department):
    """Return all that is told of the past of `department`, without what names it."""
    left_out = {"id", "department_id"}
    return [
        {name: value for name, value in row.items() if name not in left_out}
        for table in TABLES
        for row in table.objects.filter(department=department).order_by("pk").values()
    ]


def test_a_department_gets_eight_weeks_a_day_of_readings_and_a_wait_now():
    department = create_department()

    assert make_up_history(NOW) == 1

    history = History(department, NOW)
    assert [hour.weeks for hour in history.usual.hours] == [8] * 24
    assert len(history.usual.bars) == 24
    assert history.last_day.readings > 200
    assert history.accuracy.enough
    [wait] = current_waits(NOW)
    assert wait.observed_at == NOW


def test_all_of_it_is_marked_as_made_up(settings):
    department = create_department()
    make_up_history(NOW)

    settings.DEMONSTRATION = False

    assert [table.objects.filter(demonstration=False).count() for table in TABLES] == [0, 0, 0]
    history = History(department, NOW)
    assert (history.last_day, history.usual, history.accuracy) == (None, None, None)


def test_nights_are_quiet_and_no_wait_is_beyond_belief():
    department = create_department()
    make_up_history(NOW)

    hours = History(department, NOW).usual.hours

    assert hours[3].usual < hours[11].usual
    assert hours[4].usual < hours[18].usual
    minutes = [row.minutes for row in WaitTimeReading.objects.all()]
    assert (min(minutes) >= 8, max(minutes) <= 75) == (True, True)


def test_made_twice_it_is_the_same():
    one = create_department(slug="one")
    make_up_history(NOW)
    before = rows(one)
    one.delete()

    again = create_department(slug="one")
    make_up_history(NOW)

    assert rows(again) == before


def test_a_department_of_which_something_was_told_gets_nothing():
    department = create_department()
    create_reading(department=department, observed_at=NOW - timedelta(days=9))
    draft = create_department(published_at=None)

    assert make_up_history(NOW) == 0

    assert [table.objects.filter(department__in=[department, draft]).count() for table in TABLES] == [1, 0, 0]


def test_the_job_that_sums_up_leaves_it_as_it_is():
    department = create_department()
    make_up_history(NOW)
    before = rows(department)

    summarize_recent()

    assert rows(department) == before
