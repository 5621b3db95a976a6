"""ADT messages as a hospital's system sends them. The patient is invented."""

from datetime import UTC, datetime

from ertimes.adt.intake import take_message
from ertimes.adt.mapping import mapping_from

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)  # 12:00 on the hospital's clocks
# Stands in each message, and must stand nowhere else.
PRIVATE = ["ZEBEDEE", "MARMALADE", "19511224", "MRN0815", "V4711", "5550143", "Lighthouse"]

MAPPING = {
    "seen": {"time": "ZED-2"},
    "department": [
        {"slug": "norwich", "facility": "EXAMPLE", "point_of_care": ["ED", "EDFAST"]},
        {"slug": "plainfield", "facility": "EXAMPLE", "point_of_care": "PED"},
    ],
}


def mapping(**changes):
    """Return the Mapping of these tests, with `changes` in its table."""
    return mapping_from({**MAPPING, **changes})


def adt(
    event="A04",
    *,
    control_id="M1",
    visit="V4711",
    arrived="202603021130",
    seen="",
    left="",
    sent="20260302120000",
    recorded="",
    place="ED^7^A",
    facility="EXAMPLE",
    message_type="ADT",
    processing_id="P",
    version="2.5.1",
    character_set="",
    more=(),
    encoding="utf-8",
    end="\r",
):
    """Return an ADT message as bytes; the times are as they stand in it."""
    pv1 = {2: "E", 3: place, 19: f"{visit}^^^VN" if visit else "", 44: arrived, 45: left}
    segments = [
        f"MSH|^~\\&|EHR|{facility}|SITE|WEB|{sent}||{message_type}^{event}^{message_type}_{event}|{control_id}"
        f"|{processing_id}|{version}||||||{character_set}",
        f"EVN|{event}|{recorded}",
        "PID|1||MRN0815^^^EXAMPLE^MR||MARMALADE^ZEBEDEE^Ö||19511224|F|||1 Lighthouse Rd^^Norwich^CT||8605550143",
        "|".join(["PV1", *(pv1.get(number, "") for number in range(1, 46))]),
        f"ZED|1|{seen}",
        *more,
    ]
    return "".join(segment + end for segment in segments).encode(encoding)


def segments(answer):
    """Return the fields of each segment of an answer, by the segment's name."""
    text = answer.decode()
    assert text.endswith("\r")
    return {line[:3]: line.split(text[3]) for line in text.rstrip("\r").split("\r")}


def msa(data, at=NOON, known=None):
    """Return MSA of the answer to `data`, without the segment's name."""
    return segments(take_message(data, known or mapping(), at).answer)["MSA"][1:]
