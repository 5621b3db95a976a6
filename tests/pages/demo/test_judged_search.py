"""The judged queries, asked of the search over the demonstration's content, on both databases."""

import pytest
import time_machine

from search.engine import find
from search.rebuilding import rebuild
from search.starter import load_starter
from tests.search.judged import Answer, read_judged, read_nothing

from .loaded_at import LOADED_AT

RIGHT_AT_FIRST, RIGHT_IN_THREE = 0.95, 0.99


@pytest.fixture(scope="module")
def indexed(report, django_db_blocker):
    """The index of the demonstration with the starter list of lay words; gone with the package's transaction."""
    with django_db_blocker.unblock():
        load_starter()
        rebuild()


@pytest.fixture
def asked(indexed, db):
    """Return a function from a query and a language to the Answers that are found, the best first."""

    def ask(query, language):
        with time_machine.travel(LOADED_AT, tick=False):
            return [_as_answer(result.entry) for result in find(query, language=language).results]

    return ask


def test_patients_find_the_right_answer_first(asked):
    wrong_at_first, wrong_in_three = [], []
    judged = read_judged()
    for each in judged:
        found = asked(each.query, each.language)
        if not set(found[:1]) & set(each.answers):
            wrong_at_first.append((each.query, found[:3]))
        if not set(found[:3]) & set(each.answers):
            wrong_in_three.append((each.query, found[:3]))

    assert len(wrong_at_first) <= (1 - RIGHT_AT_FIRST) * len(judged), wrong_at_first
    assert len(wrong_in_three) <= (1 - RIGHT_IN_THREE) * len(judged), wrong_in_three


@pytest.mark.parametrize(("query", "language"), read_nothing())
def test_nothing_is_found_where_there_is_nothing(asked, query, language):
    assert asked(query, language) == []


def _as_answer(entry):
    return Answer(entry.kind, entry.path if entry.kind == "page" else entry.title)
