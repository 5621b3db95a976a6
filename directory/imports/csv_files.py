"""Reading CSV: its encoding and its delimiter are found out, and told."""

import csv
import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .tables import LOOK_FOR_HEADING, MOST_COLUMNS, MOST_LINES, Line, heading_points, table_of

DELIMITERS = {",": gettext_lazy("commas"), ";": gettext_lazy("semicolons"), "\t": gettext_lazy("tabs")}


def read(content, *, called_workbook=False):
    """Return the Table of `content`, the bytes of a CSV file. Raises ValidationError where it is none."""
    text, encoding = _decoded(content)
    delimiter = _delimiter_of(text)
    told = [
        _("Read as CSV in %(encoding)s with %(delimiter)s between the cells.")
        % {"encoding": encoding, "delimiter": DELIMITERS[delimiter]}
    ]
    if called_workbook:
        told.append(_("Its name says Excel, but it holds plain text."))
    return table_of(list(_rows(text, delimiter)), told)


def _decoded(content):
    """Return (text, name of the encoding)."""
    codecs = [("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codecs = [("utf-16", "UTF-16")]
    for codec, name in codecs:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        if not text.strip():
            raise ValidationError(_("The file is empty."))
        # Old Macs end a line with a carriage return alone.
        return (text if "\n" in text else text.replace("\r", "\n")), name
    raise ValidationError(_("The file holds no text that can be read. Save it as .xlsx or as “CSV UTF-8”."))


def _delimiter_of(text):
    """Return the delimiter with which a row at the top names most of our columns."""
    points = {}
    for delimiter in DELIMITERS:
        rows = _rows(text, delimiter)
        try:
            points[delimiter] = max(
                heading_points(row.cells) for row, _at in zip(rows, range(LOOK_FOR_HEADING), strict=False)
            )
        except ValidationError:
            points[delimiter] = 0
    return max(points, key=points.get)


def _rows(text, delimiter):
    """Yield the Lines of `text`. Each keeps the text of the file that it is made of."""
    taken = []

    def noting():
        for part in io.StringIO(text, newline=""):
            taken.append(part)
            yield part

    reader = csv.reader(noting(), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        taken.clear()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ValidationError(
                _("Line %(number)d cannot be read as CSV: a quotation mark is missing, or there is one too many.")
                % {"number": number}
            ) from error
        if cells is None:
            return
        if number > MOST_LINES + LOOK_FOR_HEADING + 1 or len(cells) > 20 * MOST_COLUMNS:
            raise ValidationError(
                _("The file is too large: at most %(lines)d lines and %(columns)d columns.")
                % {"lines": MOST_LINES, "columns": MOST_COLUMNS}
            )
        yield Line(number, cells, "".join(taken).rstrip("\r\n"))
