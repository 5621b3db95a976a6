"""The conflict desk names every contradiction of the hospital's phone list."""

from collections import defaultdict

import pytest

from directory.conflicts import Kind, find_conflicts
from directory.models import Contact
from pages.demo.rows import read_rows

from .loaded_at import LOADED_AT

pytestmark = pytest.mark.usefixtures("loaded")

IMPORTANT, CENTERS, LEADERS, PROGRAMS = (
    "Important contacts",
    "Backus Health Centers",
    "Executive leadership team",
    "Programs and services",
)
MISSPELLED = "hippa → HIPAA"

# (kind, what it is about, the rows of the source), in the order of the desk. The numbers never verified stand below.
CONTRADICTIONS = [
    ("same_name", "Human Resources", [f"{IMPORTANT} 3", f"{PROGRAMS} 26"]),
    ("same_name", "Diagnostic Imaging", [f"{PROGRAMS} 19", f"{PROGRAMS} 44"]),
    ("one_number", "+18604258710", [f"{CENTERS} 6", f"{CENTERS} 7", f"{PROGRAMS} 3", f"{PROGRAMS} 39"]),
    ("one_number", "+18608236317", [f"{CENTERS} 8", f"{PROGRAMS} 32", f"{PROGRAMS} 36"]),
    ("one_number", "+18608236399", [f"{LEADERS} 1", f"{LEADERS} 2"]),
    ("one_number", "+18608236314", [f"{PROGRAMS} 20", f"{PROGRAMS} 25", f"{PROGRAMS} 26"]),
    ("one_number", "+18608485699", [f"{PROGRAMS} 23", f"{PROGRAMS} 24"]),
    ("main_number", "", [f"{PROGRAMS} 13"]),
    ("twice", "+18608236389", [f"{IMPORTANT} 2", f"{IMPORTANT} 8"]),
    ("twice", "+18608236382", [f"{IMPORTANT} 4", f"{PROGRAMS} 22"]),
    ("twice", "+18608898331x2215", [f"{IMPORTANT} 6", f"{PROGRAMS} 38"]),
    ("twice", "+18605374601", [f"{CENTERS} 1", f"{PROGRAMS} 14"]),
    ("twice", "+18608481298", [f"{CENTERS} 2", f"{PROGRAMS} 30"]),
    ("twice", "+18608926906", [f"{CENTERS} 4", f"{PROGRAMS} 18"]),
    ("twice", "+18604258700", [f"{CENTERS} 5", f"{PROGRAMS} 46"]),
    ("twice", "+18604258710", [f"{CENTERS} 6", f"{PROGRAMS} 39"]),
    ("twice", "+18604258710", [f"{CENTERS} 7", f"{PROGRAMS} 3"]),
    ("twice", "+18608236317", [f"{CENTERS} 8", f"{PROGRAMS} 36"]),
    ("twice", "+18608922711", [f"{CENTERS} 9", f"{PROGRAMS} 2"]),
    ("twice", "+18608236325", [f"{PROGRAMS} 4", f"{PROGRAMS} 17"]),
    ("spelling", MISSPELLED, [f"{PROGRAMS} 25"]),
    ("no_name", "", [f"{IMPORTANT} 6"]),
    ("no_name", "", [f"{PROGRAMS} 27"]),
    ("no_name", "", [f"{PROGRAMS} 38"]),
    ("no_number", "", [f"{LEADERS} 6"]),
    ("no_number", "", [f"{PROGRAMS} 6"]),
    ("no_number", "", [f"{PROGRAMS} 9"]),
    ("no_number", "", [f"{PROGRAMS} 10"]),
    ("no_number", "", [f"{PROGRAMS} 43"]),
]


def named(found):
    """Return the Conflicts `found` as (kind, about, labels of the rows), without the numbers never verified."""
    labels = {row.line: row.label for row in read_rows()}
    rows = {pk: labels[line] for pk, line in Contact.objects.values_list("pk", "source_line")}
    return [
        (each.kind.value, each.about, [rows[pk] for pk in each.contacts])
        for each in found
        if each.kind != Kind.NEVER_VERIFIED
    ]


def test_every_contradiction_of_the_source_is_named_and_nothing_else():
    found = find_conflicts(LOADED_AT)

    assert named(found) == CONTRADICTIONS
    assert [str(each.remark) for each in found if each.remark] == [
        "A TTY line in one of them, another kind of line in another.",
        "Only in the source’s own line; here it is mended.",
    ]


def test_they_are_the_same_where_the_names_are_as_the_source_writes_them():
    for row in read_rows():
        Contact.objects.filter(source_line=row.line).update(name=row.name, also_known_as="")

    found = find_conflicts(LOADED_AT)

    assert named(found) == CONTRADICTIONS
    assert [str(each.remark) for each in found if each.kind == Kind.SPELLING] == [""]


def test_every_number_of_the_source_has_still_to_be_verified():
    never = [each for each in find_conflicts(LOADED_AT) if each.kind == Kind.NEVER_VERIFIED]

    assert len(never) == 65
    assert {pk for each in never for pk in each.contacts} == set(
        Contact.objects.filter(numbers__isnull=False).values_list("pk", flat=True)
    )


def test_every_note_of_the_source_about_a_contradiction_is_a_conflict():
    """The notes say what a person saw in the source; the finders have never read them."""
    kinds = defaultdict(set)
    for kind, _about, labels in CONTRADICTIONS:
        for label in labels:
            kinds[label].add(kind)
    expected = {
        "differs from Programs and services": "same_name",
        "differs from Important contacts": "same_name",
        "differs from Diagnostic Imaging": "same_name",
        "the source gives no name": "no_name",
        "the source gives no phone": "no_number",
        "a TTY line": "one_number",
        "same number as the TTY line": "one_number",
        "the source misspells HIPAA": "spelling",
    }

    noted = [(row.label, expected.get(row.source_note)) for row in read_rows() if "', ext." not in row.source_note]

    assert [label for label, kind in noted if kind and kind not in kinds[label]] == []
    assert {row.source_note for row in read_rows() if "', ext." not in row.source_note} == {"", *expected}
