"""Which kind of file it is: its first bytes decide, not its name."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import csv_files, workbooks
from .tables import MOST_BYTES


def read(content, name=""):
    """Return the Table of `content`, the bytes of a file called `name`.

    Raises ValidationError with a sentence for the editor where it is none that can be read.
    """
    if len(content) > MOST_BYTES:
        raise ValidationError(
            _("The file is too large: at most %(limit)d MB. Import it in parts.") % {"limit": MOST_BYTES // 1_000_000}
        )
    if content.startswith(b"PK\x03\x04"):
        return workbooks.read(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError(
            _("This is an old Excel file (.xls), or one with a password. Save it as .xlsx without a password.")
        )
    if content.startswith(b"%PDF"):
        raise ValidationError(_("This is a PDF. Only CSV and Excel files (.xlsx) can be read."))
    return csv_files.read(content, called_workbook=name.lower().endswith((".xlsx", ".xls", ".xlsm")))
