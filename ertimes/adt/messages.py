"""One HL7 v2 message: its header, and the few fields that are read of it.

Only the segments that are asked for are decoded and parsed at all. So the patient's name, birth date and record
number, which stand in PID, are never more than bytes that are thrown away.
"""

import re
from dataclasses import dataclass

import hl7

from .refusal import REQUIRED_FIELD_MISSING, UNSUPPORTED_VERSION, not_taken_here

# MSH-1, the separator of fields, and MSH-2, those of components, repetitions, escapes, subcomponents, truncation.
OPENING = re.compile(rb"MSH([!-/:-@\[-`{-~])((?:(?!\1)[!-/:-@\[-`{-~]){4,5})\1")
HEADER_SIZE = 4096  # bytes that are looked at for a header
MOST_KEPT = 16_384  # bytes of the segments that are parsed, as the parser makes an object of each field
LONGEST_HEADER_FIELD = 200
NULL = '""'  # "delete what you know": for us nothing told

# HL7 table 0211, to Python's names; all of them hold ASCII, so segments can be told apart before decoding.
CHARACTER_SETS = {
    "": "utf-8",
    "ASCII": "utf-8",
    "UNICODE UTF-8": "utf-8",
    "UTF-8": "utf-8",
    "ISO-8859-1": "iso8859-1",
    **{f"8859/{number}": f"iso8859-{number}" for number in (*range(1, 10), 15)},
}

PATH = re.compile(r"([A-Z][A-Z0-9]{2})-([1-9]\d{0,2})(?:\.([1-9]\d?))?(?:\.([1-9]\d?))?")


@dataclass(frozen=True)
class FieldPath:
    """Where something stands: "PV1-3.1.2" is segment PV1, field 3, component 1, subcomponent 2.

    Of a segment or a field that is repeated it is the first.
    """

    segment: str
    field: int
    component: int = 1
    subcomponent: int = 1

    @classmethod
    def parse(cls, text):
        """Return the FieldPath that `text` names. Raises ValueError."""
        match = PATH.fullmatch(text)
        if match is None:
            raise ValueError(f"“{text}” is not a place in a message, such as PV1-44 or PV1-3.1")
        segment, *numbers = match.groups()
        return cls(segment, *(int(number or 1) for number in numbers))

    def __str__(self):
        numbers = [self.field, self.component, self.subcomponent]
        while numbers[-1] == 1 and len(numbers) > 1:
            numbers.pop()
        return f"{self.segment}-{'.'.join(map(str, numbers))}"


@dataclass(frozen=True)
class Header:
    """What an answer repeats of MSH, raw as it was sent: separators and escapes stand as they are. "" is unknown."""

    separator: str = "|"
    encoding_characters: str = "^~\\&"
    sending_application: str = ""
    sending_facility: str = ""
    receiving_application: str = ""
    receiving_facility: str = ""
    event: str = ""
    control_id: str = ""
    processing_id: str = "P"
    version: str = "2.5.1"
    character_set: str = ""

    @property
    def codec(self):
        """Return Python's name of the character set, None where it is not supported."""
        return CHARACTER_SETS.get(self.character_set.upper())


def read_header(data):
    """Return the Header of `data`, the bytes of a message or their beginning; an empty one where there is none."""
    if (separators := _separators(data)) is None:
        return Header()
    separator, encoding_characters = separators
    raw = data[:HEADER_SIZE].splitlines()[0].split(separator.encode("ascii"))
    raw += [b""] * (18 - len(raw))
    character_set = _short(raw[17].decode("ascii", "replace").split(encoding_characters[1])[0])
    fields = [_short(_decode(field, character_set, errors="replace")) for field in raw[:12]]
    event = fields[8].split(encoding_characters[0])[1:2]
    return Header(
        separator,
        encoding_characters,
        *fields[2:6],
        event=event[0] if event else "",
        control_id=fields[9],
        processing_id=fields[10] or "P",
        version=fields[11] or "2.5.1",
        character_set=character_set,
    )


def _separators(data):
    """Return MSH-1 and MSH-2 as texts, None where `data` does not begin with them or one has two meanings."""
    match = OPENING.match(data)
    if match is None or len(set(match[2])) < len(match[2]):
        return None
    return match[1].decode("ascii"), match[2].decode("ascii")


def _short(text):
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST_HEADER_FIELD]


class Message:
    """The segments of a message that are read."""

    def __init__(self, data, header, segments):
        """Parse of `data` (bytes), whose Header is known, the `segments` (names such as "PV1"). Raises RefusedError."""
        if _separators(data) is None:
            raise not_taken_here("This is no HL7 version 2 message: it does not begin with MSH and its separators.")
        if not header.control_id:
            raise not_taken_here("is missing", "MSH-10", REQUIRED_FIELD_MISSING)
        if not header.version.startswith("2."):
            raise not_taken_here("is no version 2", "MSH-12", UNSUPPORTED_VERSION)
        if header.codec is None:
            raise not_taken_here("is a character set that is not supported", "MSH-18")
        names = "|".join({"MSH", *segments}).encode("ascii")
        lines = re.findall(rb"(?:\A|(?<=[\r\n]))(?:%b)[^\r\n]*" % names, data)  # of a million lines in no time
        if sum(line.startswith(b"MSH") for line in lines) > 1:
            raise not_taken_here("There is more than one message in the block.")
        kept = b"\r".join(lines)
        if len(kept) > MOST_KEPT:
            raise not_taken_here(f"The segments that are read are longer than {MOST_KEPT} bytes.")
        try:
            self._tree = hl7.parse(_decode(kept, header.character_set))
        except UnicodeDecodeError as error:
            raise not_taken_here("does not name the character set that the message is in", "MSH-18") from error
        except Exception as error:  # the library raises whatever Python does, over text that it did not expect
            raise not_taken_here("The message cannot be parsed.") from error
        self._escape = header.encoding_characters[2]
        component, repetition, escape, subcomponent = header.encoding_characters[:4]
        self._escaped = {"F": header.separator, "S": component, "R": repetition, "T": subcomponent, "E": escape}

    def value(self, path):
        """Return the text at `path`, a FieldPath: "" where there is none, or where it is HL7's null."""
        try:
            node = self._tree.segment(path.segment)(path.field)
        except (KeyError, IndexError):
            return ""
        for number in (1, path.component, path.subcomponent):
            if isinstance(node, str):
                node = node if number == 1 else ""
            else:
                node = node(number) if number <= len(node) else ""
        return "" if node == NULL else self._unescaped(node).strip()

    def _unescaped(self, text):
        # Not the library's unescape: it writes fields that it cannot read to the log, and believes \.sp999999999\.
        escape = re.escape(self._escape)
        return re.sub(f"{escape}([FSRTE]){escape}", lambda match: self._escaped[match[1]], text)


def _decode(data, character_set, errors="strict"):
    """Return `data` as text. What names no character set is UTF-8, or else ISO 8859-1, as old senders mean."""
    codec = CHARACTER_SETS.get(character_set.upper(), "ascii")
    try:
        return data.decode(codec, errors if character_set else "strict")
    except UnicodeDecodeError:
        if character_set:
            raise
        return data.decode("iso8859-1")
