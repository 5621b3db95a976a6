"""A calendar file taken apart: its entries (VEVENT), each a list of properties. Nothing is believed of it."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from icalendar.parser import Contentline

MOST_BYTES = 5 * 1024 * 1024
MOST_ENTRIES = 500  # each is stored for itself, within one request
LONGEST_LINE = 100_000  # characters, unfolded
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Property:
    name: str
    params: dict
    value: str


@dataclass
class RawEntry:
    """One VEVENT, the `number`th of the file; `problem` says why it cannot be read, "" where it can."""

    number: int
    properties: list = field(default_factory=list)
    problem: str = ""

    def first(self, name):
        return next((each for each in self.properties if each.name == name), None)

    def all(self, name):
        return [each for each in self.properties if each.name == name]


def entries_in(data):
    """Return the RawEntries of `data`, the bytes of a calendar file. Raises ValidationError where it is none."""
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 5 MB. Take a shorter span of time when you export it."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("The file is not in UTF-8. Export it anew, as iCalendar (.ics).")) from error
    if "BEGIN:VCALENDAR" not in text.upper():
        raise ValidationError(_("This is no calendar file: it does not begin with BEGIN:VCALENDAR."))
    number = len(re.findall(r"^BEGIN:VEVENT\s*$", text, re.IGNORECASE | re.MULTILINE))
    if number > MOST_ENTRIES:
        raise ValidationError(
            _("The file has %(number)d entries; at most %(most)d can be imported at once.")
            % {"number": number, "most": MOST_ENTRIES}
        )
    if not number:
        raise ValidationError(_("There is no event in this calendar."))
    return _entries(_unfolded(_UNPRINTABLE.sub("", text)))


def _unfolded(text):
    """Return the logical lines: what begins with a blank goes on from the line before."""
    lines = []
    for line in re.split(r"\r\n|\n|\r", text):
        if line[:1] in (" ", "\t") and lines:
            lines[-1].append(line[1:])
        else:
            lines.append([line])
    return ["".join(parts) for parts in lines]


def _entries(lines):
    entries, entry, inside = [], None, 0
    for line in lines:
        mark = line.strip().upper()
        if mark == "BEGIN:VEVENT":
            if entry is not None:
                entry.problem = str(_("It has no end."))
            entry, inside = RawEntry(len(entries) + 1), 0
            entries.append(entry)
        elif entry is None:
            continue
        elif mark == "END:VEVENT":
            entry = None
        elif mark.startswith("BEGIN:"):
            inside += 1  # an alarm: its properties are its own
        elif mark.startswith("END:"):
            inside = max(0, inside - 1)
        elif line.strip() and not inside:
            _add(entry, line)
    if entry is not None:
        entry.problem = str(_("It has no end."))
    return entries


def _add(entry, line):
    if len(line) > LONGEST_LINE:
        entry.problem = str(_("One of its lines is longer than any calendar program writes."))
        return
    try:
        name, params, value = Contentline(line).parts()
    except ValueError:
        entry.problem = entry.problem or str(_("This line cannot be read: “%(line)s”.") % {"line": line[:60]})
        return
    entry.properties.append(Property(name.upper(), {key.upper(): params[key] for key in params}, str(value)))
