from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.http import HttpResponse

from publishing.caching import kept_until, seconds_left
from publishing.instant import at_instant

NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lefts", "seconds"),
    [
        pytest.param([], 60, id="true-for-ever"),
        pytest.param([90], 60, id="at-most-a-minute"),
        pytest.param([40, 20, 50], 20, id="until-the-first"),
        pytest.param([20.9], 20, id="rounded-down"),
        pytest.param([0], 0, id="over-now"),
        pytest.param([-300], 0, id="over-for-long"),
    ],
)
def test_a_page_is_kept_until_something_on_it_stops_being_true(lefts, seconds):
    instants = [NOON + timedelta(seconds=left) for left in lefts]

    assert seconds_left(instants, at=NOON) == seconds


def test_a_response_says_how_long_it_may_be_kept_and_when_it_was_sent():
    with time_machine.travel(NOON, tick=False):
        response = kept_until([NOON + timedelta(seconds=20)], HttpResponse())

    assert response["Cache-Control"] == "public, must-revalidate, max-age=20"
    assert response["Server-Timing"] == 'sent;desc="2026-11-23T17:00:00.000+00:00"'


def test_a_preview_of_another_time_reckons_from_that_time():
    with at_instant(NOON):
        response = kept_until([NOON + timedelta(seconds=20)], HttpResponse())

    assert response["Cache-Control"] == "public, must-revalidate, max-age=20"
