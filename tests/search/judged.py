"""What visitors type and what a good librarian would answer, judged from the demonstration's content alone.

judged.csv has a query a line: the language of the pages it is typed on, all answers that are right at first
place, and the group it stands for. nothing.csv has queries that must find nothing.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Answer:
    """One thing of the site. `name` is its title; of a page, whose title may be translated, its address in English."""

    kind: str
    name: str


@dataclass(frozen=True)
class Judged:
    """One query. Each of the `answers` is as right as the others; a title may be that of two contacts."""

    query: str
    language: str  # "en" or "es", whatever the query's own is
    answers: tuple[Answer, ...]
    group: str


def read_judged():
    """Return every Judged of judged.csv, in its order."""
    return [
        Judged(row["query"], row["language"], as_answers(row["answers"]), row["why"]) for row in rows_of("judged.csv")
    ]


def read_nothing():
    """Return every (query, language) of nothing.csv, in its order."""
    return [(row["query"], row["language"]) for row in rows_of("nothing.csv")]


def rows_of(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def as_answers(written):
    """Return the Answers of "contact:Gift Shop|page:/contact/"."""
    return tuple(Answer(*answer.split(":", 1)) for answer in written.split("|"))
