"""Whatever a file holds, each of its lines becomes exactly one thing, and the counts add up."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.imports import report
from directory.imports.columns import COLUMNS
from directory.imports.reconciling import plan_of
from directory.imports.rows import understand
from directory.imports.stored import StoredDirectory
from directory.imports.tables import Line
from directory.models import Contact
from tests.directory.imports.importing import checked, create_programs, file_of, imported, understood
from tests.factories import create_contact, create_section

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]

SOURCE = Path(__file__).parents[3] / "pages/demo/content/directory.csv"
P = "Programs and services"
NAMES = [column.name for column in COLUMNS]
CELLS = {
    "section": ["", P, "programs AND services:", "Elsewhere"],
    "name": ["", "Gift Shop", "gift shop:", "Human Resources"],
    "title": ["", "Nurse"],
    "phone": ["", "860.889.8331", "860-823-6389 ext. 1", "a@b.org", "711", "x"],
    "kind": ["", "fax", "voice", "pager"],
    "label": ["", "records"],
    "id": ["", "1", "999999"],
    "published": ["", "yes", "no"],
    "note": ["", "Monday", "=1"],
}
LINES = st.lists(
    st.one_of(
        st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}),
        st.fixed_dictionaries(
            {"name": st.text(max_size=9), "phone": st.text(max_size=14), "position": st.text(max_size=4)}
        ),
        st.just({}),
    ),
    max_size=12,
)


@settings(max_examples=20)
@given(LINES)
def test_every_line_has_one_verdict_and_every_contact_one_line(lines):
    section = create_section(name=P, slug="programs") if not Contact.objects.exists() else None
    if section:
        create_contact(section=section, name="Human Resources", number="860-425-5885")
    rows = [
        understand(Line(number, [line.get(name, "") for name in NAMES], repr(line)), NAMES)
        for number, line in enumerate(lines, start=2)
    ]

    plan = plan_of(rows, StoredDirectory())

    assert [verdict.row.number_of_line for verdict in plan.verdicts] == list(range(2, len(lines) + 2))
    assert sum(plan.sums.values()) == len(lines)
    assert len(plan.entries) == plan.sums["new"] + plan.sums["changed"]
    assert all(verdict.reasons for verdict in plan.verdicts if verdict.outcome == "refused")
    assert all(verdict.rule and verdict.head for verdict in plan.verdicts if verdict.outcome == "merged")


@settings(max_examples=20)
@given(st.binary(max_size=300))
def test_no_bytes_make_it_stumble(content):
    understood(content)
    understood(b"section,name,phone\n" + content)
    understood(b"PK\x03\x04" + content)


def create_sections():
    for position, name in enumerate(
        ["Important contacts", "Backus Health Centers", "Executive leadership team", P], start=1
    ):
        create_section(name=name, position=position)


def test_the_70_lines_of_the_source_go_in_and_once_more_change_nothing():
    create_sections()

    run = imported(SOURCE.read_bytes())

    assert report.sums_of(run) == {"new": 70}
    assert (Contact.objects.count(), Contact.objects.published().count()) == (70, 67)
    assert report.sums_of(checked(SOURCE.read_bytes())) == {"unchanged": 70}


def test_the_report_accounts_for_every_line_and_adds_up():
    create_programs()
    run = imported(
        file_of(
            f"{P},1,Gift Shop,,860.889.8331,,",
            f"{P},1,Gift Shop,,860.889.8331,,",
            ",,,,,,",
            f"{P},2,=cmd|x,,,,",
            f"{P},3,Chapel,,509-525=5200,,",
        )
    )
    file = io.StringIO()

    report.write(run, file)

    rows = list(csv.reader(io.StringIO(file.getvalue())))
    assert [row[:4] for row in rows[1:6]] == [
        ["2", "New", "Gift Shop", ""],
        ["3", "Merged", "Gift Shop", "Says the same as line 2: section, name and number are equal"],
        ["4", "Blank", "", ""],
        ["5", "Refused", "", "name: This is a formula: “=cmd|x”. Write its result."],
        ["6", "Refused", "Chapel", "phone: “=” cannot stand in a phone number. Was 509.525.5200 meant?"],
    ]
    assert rows[7:] == [
        ["1", "New"],
        ["1", "Merged"],
        ["1", "Blank"],
        ["2", "Refused"],
        ["5", "lines in the file"],
    ]
