"""What patients, families and staff type into the box of the phone list, and whose number is right.

judged_contacts.csv was written from directory.csv and from how people speak, before any query was tried: a query
a line, the language of the page it is typed on, the names of all contacts that are as right as one another (two
lines of one department, or two that share a number or contradict each other), and the group it stands for.
judged_contacts_left_out.csv has what nobody could judge, with the reason.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

JUDGED = Path(__file__).with_name("judged_contacts.csv")
LEFT_OUT = Path(__file__).with_name("judged_contacts_left_out.csv")


@dataclass(frozen=True)
class Judged:
    """One query. Each of the `names`, of published contacts, is as right as the others."""

    query: str
    language: str  # "en" or "es", whatever the query's own is
    names: tuple[str, ...]
    group: str


def read_judged():
    """Return every Judged, in the order of the file."""
    return [
        Judged(row["query"], row["language"], tuple(row["answers"].split("|")), row["why"]) for row in rows_of(JUDGED)
    ]


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))
