"""What the board showed in the past is what it shows at that instant."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ertimes.models import EmergencyDepartment, Source
from ertimes.timeline import Shown, number_at, what_was_shown
from ertimes.waits import Newest, wait_of

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def department(**fields):
    return EmergencyDepartment(**{"plain_minutes": 15, "shown_minutes": 60, **fields})


def told(source, minute, wait, valid_for=None):
    """Return the reading that `source` gave at NOON + `minute`: `wait` in minutes or None."""
    return Newest(
        Source(source),
        None if wait is None else wait * MINUTE,
        NOON + minute * MINUTE,
        None if valid_for is None else valid_for * MINUTE,
        None,
    )


def shown(start, end, wait):
    return Shown(NOON + start * MINUTE, NOON + end * MINUTE, None if wait is None else wait * MINUTE)


def on_the_board(department, readings, at):
    """Return what `waits.py` shows at `at`, where the newest readings are looked for one instant at a time."""
    for source in Source:
        newest = [reading for reading in readings if reading.source == source and reading.observed_at <= at]
        reading = max(newest, key=lambda reading: reading.observed_at, default=None)
        for name in ("door_to_provider", "observed_at", "valid_for", "sample_size"):
            setattr(department, f"{source}_{name}", reading and getattr(reading, name))
    return wait_of(department, at).door_to_provider


READINGS = st.lists(
    st.builds(
        told,
        st.just("feed"),
        st.integers(0, 150),
        st.integers(0, 90),
        st.none() | st.integers(1, 240),
    )
    | st.builds(
        told,
        st.just("staff"),
        st.integers(0, 150),
        st.none() | st.integers(0, 90),
        st.none() | st.integers(1, 240),
    ),
    max_size=12,
    unique_by=lambda reading: (reading.source, reading.observed_at),
)


@settings(max_examples=25)
@given(readings=READINGS, shown_minutes=st.integers(15, 240), seed=st.randoms(use_true_random=False))
def test_every_minute_of_the_past_has_the_number_that_the_board_had(readings, shown_minutes, seed):
    er = department(shown_minutes=shown_minutes)
    seed.shuffle(readings)

    timeline = what_was_shown(er, readings)

    instants = [NOON + minute * MINUTE for minute in range(-2, 400)]
    assert [number_at(timeline, at) for at in instants] == [on_the_board(er, readings, at) for at in instants]
    assert all(one.starts_at < one.ends_at <= other.starts_at for one, other in pairwise(timeline))


def test_a_reading_stands_until_a_newer_one_comes_or_it_is_too_old():
    readings = [told("feed", 0, 20), told("feed", 10, 25), told("feed", 75, 30)]

    assert what_was_shown(department(), readings) == [shown(0, 10, 20), shown(10, 70, 25), shown(75, 135, 30)]


def test_staffs_word_stands_before_the_feeds_for_its_time():
    readings = [told("feed", 0, 20), told("staff", 10, 50, valid_for=20), told("feed", 15, 22), told("feed", 40, 24)]

    assert what_was_shown(department(), readings) == [
        shown(0, 10, 20),
        shown(10, 30, 50),
        shown(30, 40, 22),
        shown(40, 100, 24),
    ]


def test_staffs_word_that_there_is_no_number_keeps_the_feeds_away():
    readings = [told("feed", 0, 20), told("staff", 10, None, valid_for=20)]

    timeline = what_was_shown(department(), readings)

    assert timeline == [shown(0, 10, 20), shown(10, 30, None), shown(30, 60, 20)]
    assert number_at(timeline, NOON + 15 * MINUTE) is None


def test_nothing_told_is_nothing_shown():
    assert what_was_shown(department(), []) == []
    assert number_at([], NOON) is None
