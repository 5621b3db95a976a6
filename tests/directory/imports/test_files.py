import zipfile
from datetime import datetime, time
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError

from directory.imports import files, tables, workbooks
from tests.directory.imports.importing import A_DAY, file_of, workbook_of


def cells_of(content, name="contacts.csv"):
    return [line.cells for line in files.read(content, name).lines]


def refusal(content, name="contacts.csv"):
    with pytest.raises(ValidationError) as caught:
        files.read(content, name)
    return caught.value.messages[0]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        pytest.param("utf-8", "UTF-8", id="utf-8"),
        pytest.param("utf-8-sig", "UTF-8", id="with-a-mark"),
        pytest.param("cp1252", "Windows-1252", id="windows"),
        pytest.param("utf-16", "UTF-16", id="excels-unicode-text"),
    ],
)
@pytest.mark.parametrize(
    ("delimiter", "called"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs")], ids=["comma", "semicolon", "tab"]
)
def test_encoding_and_delimiter_are_found_out_and_told(encoding, told, delimiter, called):
    content = f"section{delimiter}name\r\nPrograms{delimiter}Café – José\r\n".encode(encoding)

    table = files.read(content)

    assert [line.cells for line in table.lines] == [["Programs", "Café – José"]]
    assert table.told == [f"Read as CSV in {told} with {called} between the cells."]


def test_a_semicolon_in_a_name_makes_no_delimiter():
    assert cells_of(b"section,name\nPrograms,X-ray; CT; MRI\n") == [["Programs", "X-ray; CT; MRI"]]


def test_a_line_is_kept_as_it_came():
    content = b'section,name\n Programs ,"Gift ""Shop"""\n'

    assert [line.raw for line in files.read(content).lines] == [' Programs ,"Gift ""Shop"""']


def test_lines_are_numbered_as_a_spreadsheet_does():
    content = b'Phone list 2026\n\nsection,name\n"Two\nrows",A\n\nPrograms,B\n'

    table = files.read(content)

    assert [(line.number, line.cells) for line in table.lines] == [
        (4, ["Two\nrows", "A"]),
        (5, []),
        (6, ["Programs", "B"]),
    ]
    assert table.told[-1] == "Not read, since they stand above the row with the columns’ names: 1."


def test_an_old_macs_ends_of_lines_are_read():
    assert cells_of(b"section,name\rPrograms,A\rPrograms,B") == [["Programs", "A"], ["Programs", "B"]]


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("Section;NAME;Telephone;Ext.", ["section", "name", "phone", "extension"]),
        (" section ;Department Name;Phone Number;Extn", ["section", "name", "phone", "extension"]),
        ("section;name;E-Mail;Web_Site", ["section", "name", "email", "web"]),
    ],
)
def test_headings_are_matched_forgivingly(heading, columns):
    assert files.read(f"{heading}\nA;B;;\n".encode()).columns == columns


def test_columns_that_are_not_ours_are_named():
    table = files.read(b"section,name,Floor,,Fax machine\nPrograms,A,2,,\n")

    assert (table.columns, table.other_columns) == (["section", "name", "", "", ""], ["Floor", "Fax machine"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "The file is empty.", id="empty"),
        pytest.param(b"\n\n  \n", "The file is empty.", id="blank"),
        pytest.param(b"section,name\n", "There is nothing below the row that names the columns.", id="heading-alone"),
        pytest.param(
            b"section,name,phone,Telephone\nA,B,1,2\n",
            "Several columns are for “phone”: phone, Telephone. Leave one of them.",
            id="column-twice",
        ),
        pytest.param(
            b'section,name\nA,B\nA,"B\nA,C\n',
            "Line 3 cannot be read as CSV: a quotation mark is missing, or there is one too many.",
            id="quotation-mark",
        ),
        pytest.param(
            b"section,name\nA,B\0C\n",
            "The file holds no text that can be read. Save it as .xlsx or as “CSV UTF-8”.",
            id="nul",
        ),
        pytest.param(
            b"\x81\x8d\xff\x00",
            "The file holds no text that can be read. Save it as .xlsx or as “CSV UTF-8”.",
            id="bytes",
        ),
        pytest.param(b"%PDF-1.4", "This is a PDF. Only CSV and Excel files (.xlsx) can be read.", id="pdf"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "This is an old Excel file (.xls), or one with a password. Save it as .xlsx without a password.",
            id="xls",
        ),
        pytest.param(
            b"PK\x03\x04broken", "The workbook is damaged: it did not arrive whole. Choose it again.", id="cut-off"
        ),
        pytest.param(
            b"x" * (tables.MOST_BYTES + 1), "The file is too large: at most 5 MB. Import it in parts.", id="too-large"
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(content, words):
    assert refusal(content) == words


def test_without_a_heading_the_known_columns_are_named():
    sentence = refusal(b"Programs and services,1,Gift Shop,860.889.8331\n")

    assert sentence.startswith("No row at the top names the columns.")
    assert "phone, extension" in sentence


def test_more_lines_than_can_be_taken_are_refused(monkeypatch):
    for module in (tables, files.csv_files):
        monkeypatch.setattr(module, "MOST_LINES", 2)

    assert refusal(file_of("A", "B", "C")).startswith("The file has 3 lines; at most 2")


def test_a_workbook_is_read_with_its_numbers_and_dates_as_plain_text():
    rows = [
        ["section", "position", "name", "phone", "extension", "source_note", "note"],
        ["Programs", 1.0, "Gift Shop", 8608898331.0, 2265, datetime(2026, 6, 30), time(8, 30)],  # noqa: DTZ001  a cell knows no zone
        ["Programs", 2, "Café", "860.889.8331", None, A_DAY, True],
    ]

    table = files.read(workbook_of(*rows))

    assert [line.cells for line in table.lines] == [
        ["Programs", "1", "Gift Shop", "8608898331", "2265", "2026-06-30", "08:30"],
        ["Programs", "2", "Café", "860.889.8331", "", "2026-06-30", "yes"],
    ]
    assert table.lines[1].raw == "Programs,2,Café,860.889.8331,,2026-06-30,yes"
    assert table.told == ["Read as an Excel workbook, sheet “Contacts”."]


def test_the_content_counts_and_not_the_name():
    as_csv = files.read(file_of("A,1,B,,,,"), "contacts.xlsx")
    as_workbook = files.read(workbook_of(["section", "name"], ["A", "B"]), "contacts.csv")

    assert as_csv.told[-1] == "Its name says Excel, but it holds plain text."
    assert as_workbook.told == ["Read as an Excel workbook, sheet “Contacts”."]


def test_a_formula_is_read_as_its_text_and_never_computed():
    assert cells_of(workbook_of(["section", "name"], ["A", '=HYPERLINK("http://x")'])) == [
        ["A", '=HYPERLINK("http://x")']
    ]


def archive(**files_in_it):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files_in_it.items():
            made.writestr(name, content)
    return file.getvalue()


def test_an_archive_that_is_no_workbook_is_refused():
    assert refusal(archive(a="b")).startswith("This is no Excel workbook.")


def test_a_workbook_that_unpacks_to_very_much_is_refused_unread(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1_000_000)

    content = archive(**{"[Content_Types].xml": b" " * 2_000_000})

    assert len(content) < 10_000
    assert refusal(content).startswith("The workbook unpacks to more than")


ENTITIES = (
    b"""<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><t>&b;</t>"""
)


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize("content", [ENTITIES, b"", b"<not", b"\0\1"], ids=["entities", "empty", "no-xml", "bytes"])
def test_a_hostile_part_of_a_workbook_is_told_as_damage(part, content):
    whole = zipfile.ZipFile(BytesIO(workbook_of(["section", "name"], ["A", "B"])))
    parts = {name: whole.read(name) for name in whole.namelist()}

    assert refusal(archive(**{**parts, part: content})).startswith(("The workbook is damaged", "The file is empty"))


def test_a_row_far_below_is_refused_and_not_waited_for(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 30_000)
    whole = zipfile.ZipFile(BytesIO(workbook_of(["section", "name"], ["A", "B"])))
    parts = {name: whole.read(name) for name in whole.namelist()}
    sheet = (
        parts["xl/worksheets/sheet1.xml"]
        .replace(b'<row r="2"', b'<row r="99999999999"')
        .replace(b'"A2"', b'"A99999999999"')
    )

    assert refusal(archive(**{**parts, "xl/worksheets/sheet1.xml": sheet})).startswith("The sheet has more than")
