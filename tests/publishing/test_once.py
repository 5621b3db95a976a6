"""What a crowd asks for is made once, and never outlives what it says."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from publishing.once import once_within

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _nothing_made_yet(monkeypatch):
    monkeypatch.setattr("publishing.once._made", {})


def made_at(at, *, kept_for=SECOND, key="list", ends=()):
    """Ask at `at` and return the instant at which the answer was made."""
    return once_within(kept_for, key, lambda instant: (instant, ends), at)


@pytest.mark.parametrize(
    ("asked_again", "answer"),
    [
        (NOON, NOON),
        (NOON + SECOND - timedelta(microseconds=1), NOON),
        (NOON + SECOND, NOON + SECOND),
        (NOON - SECOND, NOON - SECOND),  # the clock was set back
    ],
)
def test_it_is_kept_for_its_time_and_no_longer(asked_again, answer):
    made_at(NOON)

    assert made_at(asked_again) == answer


def test_it_is_not_kept_once_what_it_says_is_over():
    over = NOON + timedelta(milliseconds=400)
    made_at(NOON, ends=[NOON + 2 * SECOND, over])

    assert made_at(over - timedelta(microseconds=1)) == NOON
    assert made_at(over) == over


def test_what_is_kept_for_no_time_is_made_each_time():
    made_at(NOON, kept_for=timedelta(0))

    assert made_at(NOON + timedelta(microseconds=1)) == NOON + timedelta(microseconds=1)


def test_another_key_and_another_language_are_something_else():
    later = NOON + timedelta(microseconds=1)
    made_at(NOON)

    assert made_at(later, key=("list", "other")) == later
    with translation.override("es"):
        assert made_at(later) == later
    assert made_at(later) == NOON


def test_a_crowd_waits_for_the_one_that_makes_it():
    together, made = threading.Barrier(8), []

    def make(at):
        made.append(at)
        return len(made), ()

    def ask():
        together.wait(10)
        answers.append(once_within(SECOND, "list", make, NOON))

    answers = []
    crowd = [threading.Thread(target=ask) for _ in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(10)

    assert (made, answers) == ([NOON], [1] * 8)


def test_what_fails_is_not_kept_and_the_next_one_tries_again():
    outcomes = iter([RuntimeError("the database does not answer"), "made"])

    def make(at):
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome, ()

    with pytest.raises(RuntimeError):
        once_within(SECOND, "failing", make)

    assert once_within(SECOND, "failing", make) == "made"
