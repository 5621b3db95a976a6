"""The answer to a message: accepted (AA), understood but of no use (AE), or refused (AR).

Written here, as the library's create_ack gives no reason (MSA-3, ERR), fails where MSH-9 has no event, and asks
Python for the time in a way that is to go.
"""

import uuid

from .messages import FieldPath

END = "\r"


def accept(header, now, text=""):
    """Return the answer AA, bytes, to the message with `header`; `text` says what there is to say besides."""
    return _encode(header, [_msh(header, now), _msa(header, "AA", text)])


def refuse(header, now, refusal):
    """Return the answer, bytes, that gives the sender the RefusedError `refusal` with its code and place."""
    return _encode(header, [_msh(header, now), _msa(header, refusal.code, refusal.text), _err(header, refusal)])


def _msh(header, now):
    component = header.encoding_characters[0]
    return [
        "MSH",
        header.encoding_characters,
        header.receiving_application,
        header.receiving_facility,
        header.sending_application,
        header.sending_facility,
        now.strftime("%Y%m%d%H%M%S%z"),
        "",
        component.join(["ACK", header.event, "ACK"]) if header.event else "ACK",
        uuid.uuid4().hex[:20],
        header.processing_id,
        header.version,
        *[""] * 5,
        header.character_set,
    ]


def _msa(header, code, text):
    return ["MSA", code, header.control_id, *([_escaped(header, text)] if text else [])]


def _err(header, refusal):
    component = header.encoding_characters[0]
    number, meaning = refusal.condition
    place = ""
    if refusal.field:
        path = FieldPath.parse(refusal.field)
        place = component.join(
            [path.segment, "1", str(path.field), *(["1", str(path.component)] * (path.component > 1))]
        )
    condition = component.join([number, meaning, "HL70357"])
    return ["ERR", "", place, condition, "E", "", "", "", _escaped(header, refusal.text)]


def _escaped(header, text):
    """Return our own `text` so that none of it is taken for the sender's separators."""
    component, repetition, escape, subcomponent = header.encoding_characters[:4]
    letters = {header.separator: "F", component: "S", repetition: "R", subcomponent: "T", escape: "E"}
    return "".join(f"{escape}{letters[letter]}{escape}" if letter in letters else letter for letter in text)


def _encode(header, segments):
    lines = [header.separator.join(segment).rstrip(header.separator) for segment in segments]
    return (END.join(lines) + END).encode(header.codec or "ascii", "replace")
