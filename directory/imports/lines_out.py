"""Contacts as the lines of a file that an import can read again: one line for each number of a contact."""

from dataclasses import dataclass

from import_export import resources
from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX

from publishing.models import State
from publishing.spreadsheet_cells import plain_cell

from .columns import COLUMNS

_PUBLISHED = {State.LIVE: "yes", State.CHANGED: "yes", State.DRAFT: "no"}
FORMATS = {"csv": CSV, "xlsx": XLSX}


@dataclass(frozen=True)
class LineOut:
    """What stands in one line: a Contact, and one of its ContactNumbers or None."""

    contact: object
    number: object = None

    def cell(self, column):
        """Return the text under the column of this name."""
        special = getattr(self, f"_{column}", None)
        if special is not None:
            return special()
        thing = self.contact if hasattr(self.contact, column) else self.number
        return getattr(thing, column) if thing is not None else ""

    def _section(self):
        return self.contact.section.name

    def _phone(self):
        return self.number.main_part if self.number and not self.number.short_code else ""

    def _extension(self):
        return self.number.extension if self.number else ""

    def _published(self):
        state = self.contact.state_at()
        return _PUBLISHED.get(state, state.value)


class CellField(Field):
    """A column of ours; no cell of it can be a formula."""

    def __init__(self, column):
        super().__init__(attribute=column, column_name=column)

    def get_value(self, instance):
        return plain_cell(instance.cell(self.column_name))


class ContactLines(resources.Resource):
    """The lines of contacts, which come `with_numbers()` and with their sections. An empty list is a heading alone."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.fields = {column.name: CellField(column.name) for column in COLUMNS}

    def get_export_order(self):
        return list(self.fields)


def lines_of(contacts):
    """Return the LinesOut of `contacts`, in their order. A contact without a number has one line, too."""
    return [LineOut(contact, number) for contact in contacts for number in (list(contact.numbers.all()) or [None])]


def content_of(contacts, form):
    """Return the file of `contacts` in the `form` "csv" or "xlsx", as bytes."""
    dataset = ContactLines().export(queryset=lines_of(contacts))
    content = FORMATS[form]().export_data(dataset)
    return content if isinstance(content, bytes) else b"\xef\xbb\xbf" + content.encode()  # by which Excel knows UTF-8
