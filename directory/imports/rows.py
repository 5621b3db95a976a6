"""Understanding a line: what it says of a contact and of one of its numbers, or what is wrong with it, by field."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from publishing.row_numbers import row_number

from ..models import Contact, ContactNumber
from .cells import RefusedCellError, is_nothing, refuse_what_is_no_value, tidied, without_colon
from .phone_cells import Kind, extension_of, kind_of, phone_of, short_code_of
from .tables import LONGEST_CELL, LONGEST_LINE

_TEXTS = ("title", "also_known_as", "note", "languages", "source_note")
_SAID_BY_NAME = {Kind.TTY: re.compile(r"\b(TTY|TDD)\b"), Kind.FAX: re.compile(r"\bfax\b", re.IGNORECASE)}
_YES, _NO = {"yes", "y", "true", "1", "x", "live"}, {"no", "n", "false", "0", "draft"}
# What an export tells, and an import leaves to the screens.
_OTHER_STATES = {"scheduled", "expired", "archived"}


@dataclass
class Row:
    """`values` are the contact's, by column, those of the file alone; `number` is a NumberOfRow or None.

    `published` is True, False or None where nobody says. `errors` are (column, sentence), `remarks` sentences.
    """

    number_of_line: int
    raw: str
    is_blank: bool = False
    contact_id: int | None = None
    values: dict = field(default_factory=dict)
    number: object = None
    published: bool | None = None
    errors: list = field(default_factory=list)
    remarks: list = field(default_factory=list)


@dataclass(frozen=True)
class NumberOfRow:
    """`value` is as ContactNumber.value. `kind` is None, and a text missing in `texts`, where the file does not say."""

    value: str
    stored: str
    short_code: str
    kind: str | None
    texts: dict

    @property
    def identity(self):
        return self.value, self.kind, self.texts.get("label", "").casefold()

    @property
    def displayed(self):
        return ContactNumber(number=self.stored, short_code=self.short_code).displayed


def understand(line, columns):
    """Return the Row of `line`, whose cells stand under `columns`: names of ours, "" for others."""
    row = Row(line.number, line.raw, is_blank=line.is_blank)
    if not row.is_blank:
        try:
            cells = _cells(line, columns)
        except RefusedCellError as error:
            row.errors.append((error.column, str(error)))
        else:
            _Understanding(row, cells).do()
    return row


def _cells(line, columns):
    """Return {column: tidied text} of the columns of ours. Raises RefusedCellError for a line that cannot be split."""
    if any(cell.strip() for cell in line.cells[len(columns) :]):
        raise RefusedCellError(
            "", _("There are more cells than columns. Put what holds the delimiter into quotation marks.")
        )
    if len(line.raw) > LONGEST_LINE or any(len(cell) > LONGEST_CELL for cell in line.cells):
        raise RefusedCellError("", _("The line is too long. A quotation mark may be missing in it."))
    texts = dict(zip(columns, [*line.cells, *[""] * len(columns)], strict=False))
    texts.pop("", None)
    return texts


class _Understanding:
    """The work on one row: each field by itself, so that one error does not hide the next."""

    def __init__(self, row, texts):
        self.row, self.texts = row, texts

    def do(self):
        self.cells = {name: self._try(self._text, name) or "" for name in self.texts}
        for work in (self._id, self._position, self._name, self._plain_texts, self._addresses, self._published):
            self._try(work)
        self._number()
        if not self.row.errors and not self.row.contact_id and not self.row.values.get("name") and not self.row.number:
            self._refuse("name", _("There is neither a name nor a number: nothing that could be imported."))

    def _try(self, work, *args):
        try:
            return work(*args)
        except RefusedCellError as error:
            self._refuse(error.column, str(error))
        return None

    def _refuse(self, column, sentence):
        self.row.errors.append((column, sentence))

    def _text(self, name):
        refuse_what_is_no_value(name, self.texts[name])
        return tidied(self.texts[name])

    def _id(self):
        text = self.cells.get("id", "").removesuffix(".0")
        if text:
            self.row.contact_id = row_number(text)
            if not self.row.contact_id:
                raise RefusedCellError("id", _("“%(text)s” is no id of a contact.") % {"text": text[:40]})

    def _position(self):
        text = self.cells.get("position", "").removesuffix(".0").rstrip(".")
        if not text:
            return
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 32_000):
            raise RefusedCellError(
                "position", _("“%(text)s” is no place in the section: write 1, 2, 3 …") % {"text": text[:40]}
            )
        self.row.values["position"] = int(text[:9])

    def _name(self):
        for name in ("section", "name"):
            if name in self.cells:
                self._keep(name, without_colon(self.cells[name]))

    def _plain_texts(self):
        for name in _TEXTS:
            if name in self.cells:
                self._try(self._keep, name, self.cells[name])

    def _addresses(self):
        for name in ("email", "web"):
            if name in self.cells:
                self._try(self._address, name, self.cells[name])

    def _address(self, name, text):
        if is_nothing(text):
            text = ""
        if name == "email":
            text = re.sub(r"^mailto:", "", text, flags=re.IGNORECASE)
        elif text and "://" not in text:
            text = f"https://{text}"
        self._keep(name, text)

    def _keep(self, name, text):
        if text and name != "section":
            try:
                text = Contact._meta.get_field(name).clean(text, None)
            except ValidationError as error:
                raise RefusedCellError(name, " ".join(error.messages)) from error
        self.row.values[name] = text

    def _published(self):
        text = self.cells.get("published", "").lower()
        if text in _YES | _NO:
            self.row.published = text in _YES
        elif text and text not in _OTHER_STATES:
            raise RefusedCellError("published", _("Write yes or no, not “%(text)s”.") % {"text": text[:40]})

    def _number(self):
        before = len(self.row.errors)
        kind = self._try(kind_of, self.cells.get("kind", ""))
        code = self._try(short_code_of, self.cells.get("short_code", ""))
        phone = self.cells.get("phone", "")
        if phone.removesuffix(".0") == "711" or (phone.isdigit() and kind in (Kind.SHORT_CODE, Kind.RELAY)):
            code, phone = self._try(short_code_of, phone), ""
        if code == "711":
            kind = kind or Kind.RELAY
        extension = self._try(extension_of, self.cells.get("extension", ""))
        if len(self.row.errors) > before:
            extension = extension or ""
        number, said = self._try(phone_of, phone, extension or "") or (None, None)
        if len(self.row.errors) > before:
            return
        self._put_together(number, code, kind or said)

    def _put_together(self, number, code, kind):
        if number is None and not code:
            return
        if number is not None and code:
            self._refuse("short_code", _("A line holds one number: give the short code a line of its own."))
            return
        if code:
            kind = kind or Kind.SHORT_CODE
        coded = kind in (Kind.SHORT_CODE, Kind.RELAY)
        if kind is not None and coded != bool(code):
            self._refuse(
                "kind", _("A short code, or 711, goes with the kinds short_code and relay, and with no other.")
            )
            return
        texts = {name: self.cells[name] for name in ("label", "spoken_label", "hours") if name in self.cells}
        for name, text in texts.items():
            try:
                texts[name] = ContactNumber._meta.get_field(name).clean(text, None)
            except ValidationError as error:
                self._refuse(name, " ".join(error.messages))
        if kind is None:
            kind = self._kind_said_by_name()
        # Compared with None: the truth of a PhoneNumber is its validity, which takes long and is known here.
        value = ContactNumber(number="" if number is None else number, short_code=code).value
        stored = "" if number is None else number.as_rfc3966
        self.row.number = NumberOfRow(value, stored, code, kind, texts)

    def _kind_said_by_name(self):
        for kind, pattern in _SAID_BY_NAME.items():
            if pattern.search(self.row.values.get("name") or ""):
                self.row.remarks.append(
                    _("Taken for a number of the kind “%(kind)s”: its name says so.") % {"kind": kind.label}
                )
                return kind
        return None
