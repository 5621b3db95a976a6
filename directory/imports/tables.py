"""What was read of a file, whatever kind of file it was: a heading, and lines of text cells."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .columns import COLUMNS, LABELS, column_of

MOST_BYTES = 5_000_000
MOST_UNPACKED = 60_000_000  # bytes of all that a workbook holds
MOST_LINES = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000  # characters
LONGEST_LINE = 10_000
LOOK_FOR_HEADING = 10  # rows: a title or a date may stand above it


@dataclass(frozen=True)
class Line:
    """One line. `number` is the one that a spreadsheet shows, `raw` the line as it came."""

    number: int
    cells: list
    raw: str

    @property
    def is_blank(self):
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """`heading` is the row of headings as it came. `told` are sentences on how the file was read."""

    heading: list
    lines: list
    told: list

    @property
    def columns(self):
        """Return the name of our column for each heading, "" for one that is none of ours."""
        return [column_of(heading) or "" for heading in self.heading]

    @property
    def other_columns(self):
        """Return the headings of columns that are not used."""
        return [each for each, name in zip(self.heading, self.columns, strict=True) if each.strip() and not name]


def heading_points(cells):
    """Return how many of `cells` are headings of ours; 0 where it is no row of headings."""
    names = {column_of(cell) for cell in cells} - {None}
    return len(names) if len(names) >= 2 and names & {"name", "id"} else 0


def table_of(rows, told):
    """Return the Table of `rows`, a list of Lines, whose heading is among the first. Raises ValidationError."""
    place = max(range(len(rows[:LOOK_FOR_HEADING])), key=lambda at: heading_points(rows[at].cells), default=None)
    if place is None or not any(not row.is_blank for row in rows):
        raise ValidationError(_("The file is empty."))
    if not heading_points(rows[place].cells):
        raise ValidationError(
            _(
                "No row at the top names the columns. Write them above the contacts, “name” and “section” at least. "
                "Known columns: %(names)s."
            )
            % {"names": ", ".join(column.name for column in COLUMNS)}
        )
    lines = rows[place + 1 :]
    if not lines:
        raise ValidationError(_("There is nothing below the row that names the columns."))
    if len(lines) > MOST_LINES:
        raise ValidationError(
            _("The file has %(rows)d lines; at most %(limit)d can be taken at once. Import it in parts.")
            % {"rows": len(lines), "limit": MOST_LINES}
        )
    above = sum(not row.is_blank for row in rows[:place])
    if above:
        told = [*told, _("Not read, since they stand above the row with the columns’ names: %(n)d.") % {"n": above}]
    table = Table(_without_empty_end(rows[place].cells), lines, told)
    _refuse_twice(table)
    return table


def _without_empty_end(cells):
    cells = list(cells)
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _refuse_twice(table):
    for name in filter(None, set(table.columns)):
        headings = [each for each, column in zip(table.heading, table.columns, strict=True) if column == name]
        if len(headings) > 1:
            raise ValidationError(
                _("Several columns are for “%(column)s”: %(headings)s. Leave one of them.")
                % {"column": LABELS[name], "headings": ", ".join(headings)}
            )
