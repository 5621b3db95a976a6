"""Reading and writing the list of lay words as a CSV file."""

import csv
import io
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from publishing.spreadsheet_cells import FORMULA_STARTS, plain_cell

from .words import folded

COLUMNS = ("words", "means", "language")
MOST_BYTES = 1_000_000
MOST_ROWS = 5_000
LONGEST_CELL = 2_000  # characters; a longer one is refused, so it need not be kept whole


@dataclass(frozen=True)
class Line:
    """One row of a file, as it was read. `number` is the one a spreadsheet shows; `too_many` cells stand behind it."""

    number: int
    words: str
    means: str
    language: str
    too_many: bool = False

    @property
    def is_empty(self):
        return not (self.words or self.means or self.language)


@dataclass(frozen=True)
class Sheet:
    """A file that was read: its `lines`, and the names of columns that are none of ours."""

    lines: list
    other_columns: list


def read(content):
    """Return the Sheet of `content`, the bytes of a CSV file with a header.

    UTF-8 or Windows-1252; comma, semicolon or tab between the cells. Raises ValidationError with a sentence for
    the editor where it is no such file.
    """
    if len(content) > MOST_BYTES:
        raise ValidationError(
            _("The file is too large: at most %(limit)d kB. Import it in parts.") % {"limit": MOST_BYTES // 1000}
        )
    text = _decoded(content)
    for separator in (",", ";", "\t"):
        header, *rows = _rows(text, separator)
        names = [folded(cell).strip() for cell in header]
        if set(COLUMNS) <= set(names):
            break
    else:
        raise ValidationError(_("The first row must name the columns: words, means, language."))
    if any(names.count(column) > 1 for column in COLUMNS):
        raise ValidationError(_("A column stands twice in the first row."))
    if len(rows) > MOST_ROWS:
        raise ValidationError(
            _("The file has %(rows)d rows; at most %(limit)d can be taken at once. Import it in parts.")
            % {"rows": len(rows), "limit": MOST_ROWS}
        )
    places = {column: names.index(column) for column in COLUMNS}
    lines = [_line(number, cells, places, len(names)) for number, cells in enumerate(rows, start=2)]
    others = [cell for name, cell in zip(names, header, strict=True) if name and name not in COLUMNS]
    return Sheet(lines, others)


def write(rows, file):
    """Write LayWords to `file`, open for text, in the form that `read` reads. No cell can be a formula."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([plain_cell(row.words), plain_cell(row.means), row.language])


def language_of(text):
    """Return the code of the language that `text` names: en, EN, English, español; None where it is none of ours."""
    for code, own_name in settings.LANGUAGES:
        if folded(text) in {code, folded(own_name), folded(get_language_info(code)["name"])}:
            return code
    return None


def _decoded(content):
    if content.startswith(b"PK\x03\x04"):
        raise ValidationError(_("This is an Excel workbook. Save it in Excel as “CSV UTF-8”, and choose that file."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip():
            raise ValidationError(_("The file is empty."))
        if "\0" not in text:
            return text
    raise ValidationError(_("The file is no text that can be read. Save it as “CSV UTF-8”, and choose that file."))


def _rows(text, separator):
    """Return the rows of `text` as lists of cells; an empty line is a row without cells."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)) or [[]]
    except csv.Error as error:
        raise ValidationError(_("The file cannot be read as CSV: a quotation mark may be missing.")) from error


def _line(number, cells, places, width):
    words, means, language = (_cell(cells[place]) if place < len(cells) else "" for place in places.values())
    return Line(number, words, means, language, too_many=any(cell.strip() for cell in cells[width:]))


def _cell(text):
    """Return `text` without blanks around it, and without the apostrophe that `write` has put before a formula."""
    text = text.strip()[:LONGEST_CELL]
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(FORMULA_STARTS) else text
