"""The 70 lines of the hospital's page go in through the import, with the noise of real files, and the sum is right."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.browser.accessibility import load_axe, violations

SOURCE = Path(__file__).parents[2] / "pages/demo/content/directory.csv"
# In sections of its own, so that no other test meets these contacts; they leave again at the end.
FORGET = """
from directory.models import Contact, ImportRun, Section
found = Section.objects.filter(name__startswith="{mark}")
Contact.objects.filter(section__in=found).delete()
found.delete()
ImportRun.objects.all().delete()
"""


def noisy_rows(mark):
    """Return the source's rows as people keep them, in sections of their own, and four lines that come to nothing."""
    source = list(csv.reader(SOURCE.read_text(encoding="utf-8").splitlines()))[1:]
    rows = [["Section:", "POSITION", "Name ", "Title", "Telephone", "Ext.", "Source note", "Floor"]]
    for number, (section, position, name, title, phone, extension, note) in enumerate(source):
        if extension:
            phone, extension = [
                (f"{phone}, ext. {extension}", ""),
                (phone, f"x{extension}"),
                (phone, f"Ext {extension}"),
            ][number % 3]
        elif phone and number % 6 == 0:
            phone = f"{phone.replace('.', '')}.0"
        name = [name, f"{name}:", name.replace(" ", "\u00a0 ", 1)][number % 3] if name else ""
        rows.append([f"{mark} {section}", f"{position}.0", name, title, phone, extension, note, ""])
    programs = f"{mark} Programs and services"
    rows += [
        [""] * 8,
        [programs, "90", "GIFT  SHOP", "", "860-889-8331 x2265", "", "", ""],
        [programs, "91", "Chapel", "", "info@example.org", "", "", ""],
        [programs, "92", "Parking", "", "857-364-43660", "", "", ""],
        [programs, "93", "Library", "", "509-525=5200", "", "", ""],
    ]
    return rows


def csv_file(rows):
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(rows)
    return {"name": "phone list.csv", "mimeType": "text/csv", "buffer": file.getvalue().encode("cp1252")}


def excel_file(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(
            [float(cell) if cell.replace(".", "", 1).isdigit() and cell.endswith(".0") else cell for cell in row]
        )
    file = io.BytesIO()
    book.save(file)
    return {"name": "phone list.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}


@pytest.mark.parametrize("file_of", [csv_file, excel_file], ids=["csv", "xlsx"])
def test_the_source_goes_in_and_the_sum_is_right(ben, site, file_of):
    mark = file_of.__name__
    page = ben
    page.goto("/admin/directory/contact/")
    with page.expect_navigation():
        page.get_by_role("link", name="Import", exact=True).click()
    page.set_input_files("#id_file", files=[file_of(noisy_rows(mark))])
    page.check("#id_adds_sections")
    with page.expect_navigation():
        page.get_by_role("button", name="See what it changes").click()

    try:
        assert page.locator(".import-sum").inner_text() == "75 lines = 70 new + 1 merged + 1 blank + 3 refused"
        assert page.locator(".import-line__why").all_inner_texts() == [
            "Phone: This is an e-mail address. Move it to the column “email”.",
            "Phone: A number has 10 digits, this one 11: “857-364-43660”.",
            "Phone: “=” cannot stand in a phone number. Was 509.525.5200 meant?",
        ]
        assert page.get_by_text("Columns that are not used: Floor.").count() == 1
        load_axe(page)
        assert violations(page) == []
        page.check("input[value='leave out']")
        page.check("input[value='at once']")
        with page.expect_navigation():
            page.get_by_role("button", name="Import 70 contacts").click()

        assert page.get_by_role("heading", name="Imported.").count() == 1
        assert page.locator(".import-sum").inner_text() == "75 lines = 70 new + 1 merged + 1 blank + 3 refused"
        page.goto("/contact/")
        section = page.get_by_role("heading", name=f"{mark} Programs and services")
        assert section.count() == 1
    finally:
        site.manage("shell", "-c", FORGET.format(mark=mark))
