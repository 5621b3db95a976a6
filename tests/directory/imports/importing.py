"""Imports as tests do them: from the bytes of a file to what became of its lines."""

import io
from datetime import date

import openpyxl
from django.core.exceptions import ValidationError

from directory.imports import files, starting, working
from directory.imports.rows import understand
from directory.imports.tables import Line
from directory.models import Contact, ImportRun
from tests.factories import create_section

HEADING = "section,position,name,title,phone,extension,source_note"


def file_of(*lines, heading=HEADING, encoding="utf-8"):
    """Return a CSV file with these lines as bytes."""
    return "\r\n".join([heading, *lines, ""]).encode(encoding)


def workbook_of(*rows, title="Contacts"):
    """Return a workbook with these rows as bytes."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read_row(**cells):
    """Return the Row of a line with these cells, by column."""
    return understand(Line(2, list(cells.values()), ",".join(cells.values())), list(cells))


def understood(content):
    """Return the Rows of a file; none where it has no line."""
    try:
        table = files.read(content)
    except ValidationError:
        return []
    return [understand(line, table.columns) for line in table.lines]


def checked(content, *, name="contacts.csv", user=None, adds_sections=False):
    """Return the ImportRun of a file that was brought and checked."""
    run = starting.begin(files.read(content, name), name=name, user=user, adds_sections=adds_sections)
    working.go_on(run.pk)
    run.refresh_from_db()
    return run


def confirmed(run, *, user=None, publishes=True, leaves_out_refused=True):
    """Confirm `run` as it is and have it stored; return it as it is then."""
    starting.confirm(run, digest=run.digest, user=user, publishes=publishes, leaves_out_refused=leaves_out_refused)
    working.go_on(run.pk)
    return ImportRun.objects.get(pk=run.pk)


def imported(content, **options):
    """Return the ImportRun of a file that was brought, checked and stored, for visitors to see."""
    return confirmed(checked(content), **options)


def outcomes(run):
    """Return {number of the line: outcome} of `run`."""
    return dict(run.lines.values_list("number", "outcome"))


def line_of(run, number):
    return run.lines.get(number=number)


def contacts():
    """Return (section, position, name, numbers as they are shown) of every contact, in the page's order."""
    return [
        (contact.section.name, contact.position, contact.name, [each.displayed for each in contact.numbers.all()])
        for contact in Contact.objects.with_numbers().select_related("section")
    ]


def create_programs():
    return create_section(name="Programs and services", slug="programs")


A_DAY = date(2026, 6, 30)
