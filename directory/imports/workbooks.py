"""Reading Excel workbooks (.xlsx): as data only, within limits, and nothing in them is ever computed."""

import csv
import io
import logging
import zipfile
from datetime import date, datetime, time

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .tables import LOOK_FOR_HEADING, MOST_COLUMNS, MOST_LINES, MOST_UNPACKED, Line, table_of

MOST_FILES = 1_000  # in the archive that a workbook is
MOST_ROWS = 1_048_576  # that Excel itself can have; most of them may be blank

logger = logging.getLogger(__name__)


def read(content):
    """Return the Table of the first sheet of `content`, the bytes of a workbook.

    Raises ValidationError where it is none, or more than can be taken.
    """
    _look_into(content)
    try:
        return _read(content)
    except ValidationError:
        raise
    except Exception as error:  # openpyxl and defusedxml raise whatever a damaged or hostile file brings about
        logger.info("A workbook could not be read: %s", type(error).__name__)
        raise ValidationError(
            _("The workbook is damaged and cannot be read. Open it in Excel and save it anew as .xlsx.")
        ) from error


def _look_into(content):
    """Refuse what is no workbook, or would unpack to more than memory should hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ValidationError(_("The workbook is damaged: it did not arrive whole. Choose it again.")) from error
    if "[Content_Types].xml" not in {file.filename for file in files}:
        raise ValidationError(_("This is no Excel workbook. Save the table as .xlsx or CSV, and choose that file."))
    if len(files) > MOST_FILES or sum(file.file_size for file in files) > MOST_UNPACKED:
        raise ValidationError(
            _("The workbook unpacks to more than %(limit)d MB. Save the sheet with the contacts alone.")
            % {"limit": MOST_UNPACKED // 1_000_000}
        )


def _read(content):
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    try:
        if not book.worksheets:
            raise ValidationError(_("The workbook has no sheet with cells."))
        sheet = book.worksheets[0]
        told = [_("Read as an Excel workbook, sheet “%(sheet)s”.") % {"sheet": sheet.title}]
        if others := [each.title for each in book.worksheets[1:]]:
            told.append(_("Sheets that are not read: %(names)s.") % {"names": ", ".join(others)})
        sheet.reset_dimensions()  # what the file says of its own size may be wrong
        return table_of(_without_blank_end(_rows(sheet)), told)
    finally:
        book.close()


def _rows(sheet):
    for number, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), start=1):
        if number > MOST_ROWS:
            raise ValidationError(_too_many())
        if values.count(None) == len(values):  # quickly, since a gap may have a million of them
            yield Line(number, [], "")
            continue
        if number > MOST_LINES + LOOK_FOR_HEADING + 1:
            raise ValidationError(_too_many())
        texts = [_text(value) for value in values]
        if len(texts) > MOST_COLUMNS and texts[MOST_COLUMNS]:
            raise ValidationError(_("The sheet has more than %(limit)d columns.") % {"limit": MOST_COLUMNS})
        while texts and not texts[-1]:
            texts.pop()
        yield Line(number, texts, _as_line(texts))


def _too_many():
    return _("The sheet has more than %(limit)d lines. Import it in parts.") % {"limit": MOST_LINES}


def _without_blank_end(rows):
    """Return the list of `rows` up to the last with text: Excel keeps rows that were only coloured."""
    kept, blank = [], []
    for row in rows:
        if row.is_blank:
            if len(blank) <= MOST_LINES:
                blank.append(row)
            continue
        kept += [*blank, row]
        blank.clear()
    return kept


def _text(value):
    """Return what stands in a cell as plain text: a number without ".0", a date as 2026-06-30, a formula as it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value).replace("\0", "")


def _as_line(texts):
    """Return the cells as the line of a CSV file: a workbook has none of its own."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(texts)
    return line.getvalue()
