"""What is exported and imported again changes nothing."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.imports.lines_out import content_of
from directory.imports.reconciling import plan_of
from directory.imports.stored import StoredDirectory
from directory.models import Contact, ContactNumber, Section
from publishing.spreadsheet_cells import FORMULA_STARTS
from tests.directory.imports.importing import checked, contacts, create_programs, outcomes, understood
from tests.factories import create_contact, create_number

pytestmark = pytest.mark.django_db

NASTY = [
    "=1+1",
    "+1",
    "-",
    "@x",
    "'=1",
    "'tis",
    " a  b ",
    "A:",
    "x\u00a0y",
    "n/a",
    'Ça; va, "so"',
    "1.0",
    "yes",
]


def exported(form="csv"):
    return content_of(Contact.objects.with_numbers().select_related("section"), form)


def create_all_sorts():
    section = create_programs()
    many = create_contact(
        section=section, name="Billing", title="Desk", also_known_as="my bill, invoice", note="Bring the letter",
        email="billing@example.org", web="https://example.org/billing", languages="English, Spanish",
        source_note="from the old list", number="860-889-8331 ext. 2215",
    )  # fmt: skip
    create_number(
        contact=many, number="860-823-6389", kind="fax", position=2, label="records", hours="Mon-Fri 8 AM-4:30 PM"
    )
    create_number(contact=many, number="860-823-6389", kind="voice", position=3, label="records")
    create_number(contact=many, kind="short_code", short_code="31996", position=4, spoken_label="three one nine")
    ContactNumber.objects.create(contact=many, kind="relay", short_code="711", position=5)
    create_number(contact=many, number="+44 20 7946 0958 ext. 7", position=6)
    create_contact(section=section, name="Cancer Services")
    create_contact(section=section, name="", published_at=None, number="860-823-6307")
    create_contact(section=section, name="Human Resources", number="860-425-5885")
    create_contact(section=section, name="Human Resources", number="860-823-6314")
    for position, text in enumerate(NASTY, start=10):
        create_contact(section=section, position=position, name=text, note=text, source_note=text, published_at=None)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_that_is_imported_again_changes_nothing(form):
    create_all_sorts()

    run = checked(exported(form), name=f"contacts.{form}")

    assert [
        (line.number, line.outcome, line.reasons, line.changes) for line in run.lines.exclude(outcome="unchanged")
    ] == []
    assert run.lines.count() == ContactNumber.objects.count() + 1 + len(NASTY)
    assert run.other_columns == []


def test_an_export_without_its_ids_changes_nothing_either():
    create_all_sorts()
    Contact.objects.filter(position__gte=10).delete()
    rows = list(csv.reader(io.StringIO(exported().decode("utf-8-sig"))))
    file = io.StringIO()
    csv.writer(file).writerows(row[1:] for row in rows)

    run = checked(file.getvalue().encode())

    assert set(outcomes(run).values()) == {"unchanged"}


@settings(max_examples=20)
@given(
    texts=st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40), max_size=9)
)
def test_whatever_a_note_says_survives_the_round(texts):
    Contact.objects.all().delete()
    section = Section.objects.get_or_create(name="Programs", position=1)[0]
    for position, text in enumerate(texts, start=1):
        create_contact(section=section, position=position, note=text)

    lines = understood(exported())
    verdicts = plan_of(lines, StoredDirectory()).verdicts

    assert [verdict.outcome for verdict in verdicts] == ["unchanged"] * len(texts)


def test_no_cell_of_an_export_is_a_formula():
    create_all_sorts()

    rows = list(csv.reader(io.StringIO(exported().decode("utf-8-sig"))))
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(exported("xlsx"))).active.iter_rows() for cell in row]

    assert [cell for row in rows for cell in row if cell.lstrip(" ").startswith(FORMULA_STARTS)] == []
    assert [cell.value for cell in cells if cell.data_type == "f"] == []


def test_an_export_of_nothing_is_a_heading_alone():
    rows = list(csv.reader(io.StringIO(exported().decode("utf-8-sig"))))

    assert len(rows) == 1
    assert rows[0][:5] == ["id", "section", "position", "name", "title"]


def test_a_contact_is_a_line_for_each_number():
    contact = create_contact(section=create_programs(), name="Billing", number="860-889-8331 ext. 2215")
    create_number(contact=contact, number="860-823-6389", kind="fax", position=2, label="records")

    lines = list(csv.DictReader(io.StringIO(exported().decode("utf-8-sig"))))

    assert [
        (line["id"], line["name"], line["kind"], line["phone"], line["extension"], line["label"]) for line in lines
    ] == [
        (str(contact.pk), "Billing", "voice", "860.889.8331", "2215", ""),
        (str(contact.pk), "Billing", "fax", "860.823.6389", "", "records"),
    ]
    assert contacts() != []
