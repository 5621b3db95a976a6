from collections import Counter

import pytest

from .judged import FOLDER, read_judged, read_nothing, rows_of

JUDGED = read_judged()
NOTHING = read_nothing()

KINDS = {"emergency_department", "contact", "service", "location", "person", "page", "event", "article"}

AT_LEAST = {
    "lay word": 40,
    "typo": 40,
    "Spanish": 35,
    "also-known-as": 20,
    "exact": 20,
    "phone": 20,
    "question": 20,
    "person": 15,
    "mixed": 15,
    "page": 10,
    "partial": 10,
    "Spanish typo": 10,
    "news": 10,
    "event": 10,
    "phrase": 9,
    "place": 8,
    "minus": 6,
}


@pytest.mark.parametrize(
    ("name", "header"),
    [("judged.csv", ["query", "language", "answers", "why"]), ("nothing.csv", ["query", "language"])],
)
def test_every_line_has_every_value_and_no_space_around_it(name, header):
    rows = rows_of(name)

    assert [row for row in rows if list(row) != header] == []
    assert [row for row in rows if any(not value or value != value.strip() for value in row.values())] == []
    assert {row["language"] for row in rows} == {"en", "es"}


def test_files_end_their_lines_alike():
    for name in ["judged.csv", "nothing.csv"]:
        assert b"\r" not in (FOLDER / name).read_bytes()


def test_no_query_is_judged_twice_in_a_language():
    typed = [(judged.query, judged.language) for judged in JUDGED] + NOTHING

    times = Counter((query.casefold(), language) for query, language in typed)

    assert [query for query, count in times.items() if count > 1] == []


def test_every_answer_is_of_a_known_kind_and_named_once():
    answers = [judged.answers for judged in JUDGED]

    assert {answer.kind for some in answers for answer in some} == KINDS
    assert [some for some in answers if len(set(some)) != len(some)] == []


@pytest.mark.parametrize(("group", "at_least"), AT_LEAST.items())
def test_every_group_is_large_enough_to_tell(group, at_least):
    assert sum(judged.group == group for judged in JUDGED) >= at_least


def test_there_is_no_other_group_and_enough_in_all():
    assert {judged.group for judged in JUDGED} == set(AT_LEAST)
    assert len(JUDGED) >= 180
    assert len(NOTHING) >= 15
