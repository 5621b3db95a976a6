"""What a hospital's messages mean here: which department, which visit, which times. Written down in a TOML file.

docs/examples/adt-mapping.toml explains each entry.
"""

import tomllib
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from .messages import FieldPath

EVENTS = ("A01", "A03", "A04", "A08", "A11")
FACILITY = FieldPath.parse("MSH-4")
POINT_OF_CARE = FieldPath.parse("PV1-3")


class MappingError(ValueError):
    """The mapping file cannot be used; the message says what to change."""


@dataclass(frozen=True)
class Place:
    """A department, and what its messages have in MSH-4 and PV1-3; an empty set leaves that open."""

    slug: str
    facilities: frozenset[str]
    points_of_care: frozenset[str]

    def sent(self, message):
        """Return whether `message` is of this place."""
        told = [(self.facilities, FACILITY), (self.points_of_care, POINT_OF_CARE)]
        return all(not ours or message.value(path) in ours for ours, path in told)


@dataclass(frozen=True)
class Seen:
    """How a message tells that a provider saw the patient.

    Either `time` is where the time stands, or a message of `event` with `equals` in `field` tells it, and the
    time is that of the message.
    """

    time: FieldPath | None = None
    event: str = ""
    field: FieldPath | None = None
    equals: str = ""


@dataclass(frozen=True)
class Mapping:
    """The mapping file. With `ignore_other_places`, messages of other places are accepted and not kept."""

    places: tuple[Place, ...]
    seen: Seen
    visit: FieldPath
    arrival: FieldPath
    zone: ZoneInfo
    processing_ids: frozenset[str]
    ignore_other_places: bool

    @property
    def segments(self):
        """Return the names of all segments that are read; nothing else of a message is."""
        paths = [self.visit, self.arrival, self.seen.time, self.seen.field]
        return {"MSH", "EVN", "PV1", *(path.segment for path in paths if path)}


def read_mapping(path):
    """Return the Mapping in the file at `path`. Raises MappingError where it is missing or not as it must be."""
    try:
        with open(path, "rb") as file:
            return mapping_from(tomllib.load(file))
    except OSError as error:
        raise MappingError(f"It cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"It is not TOML: {error}.") from error


def mapping_from(table):
    """Return the Mapping that `table`, a dict as TOML has it, describes. Raises MappingError."""
    _only(table, "the file", "visit", "arrival", "zone", "processing_ids", "other_places", "seen", "department")
    places = table.get("department")
    if not isinstance(places, list) or not places:
        raise MappingError("It needs a [[department]] at least.")
    other_places = table.get("other_places", "refuse")
    if other_places not in ("refuse", "ignore"):
        raise MappingError("other_places is “refuse” or “ignore”.")
    if "seen" not in table:
        raise MappingError("It needs a [seen]: without it no wait can be measured.")
    return Mapping(
        places=tuple(_place(place) for place in places),
        seen=_seen(table["seen"]),
        visit=_path(table, "visit", "PV1-19"),
        arrival=_path(table, "arrival", "PV1-44"),
        zone=_zone(table.get("zone")),
        processing_ids=_words(table, "processing_ids") or frozenset({"P"}),
        ignore_other_places=other_places == "ignore",
    )


def _place(table):
    _only(table, "[[department]]", "slug", "facility", "point_of_care")
    place = Place(_text(table, "slug"), _words(table, "facility"), _words(table, "point_of_care"))
    if not place.facilities and not place.points_of_care:
        raise MappingError(f"The department “{place.slug}” needs a facility or a point_of_care, or both.")
    return place


def _seen(table):
    _only(table, "[seen]", "time", "event", "field", "equals")
    if set(table) == {"time"}:
        return Seen(time=_path(table, "time"))
    if set(table) != {"event", "field", "equals"}:
        raise MappingError("[seen] needs either time, or event, field and equals.")
    if table["event"] not in EVENTS:
        raise MappingError(f"The event of [seen] is one of {', '.join(EVENTS)}.")
    return Seen(event=table["event"], field=_path(table, "field"), equals=_text(table, "equals"))


def _only(table, name, *known):
    if not isinstance(table, dict):
        raise MappingError(f"{name} must be a table.")
    if unknown := sorted(set(table) - set(known)):
        raise MappingError(f"{name} has “{unknown[0]}”, which is not known: it may have {', '.join(known)}.")


def _text(table, name):
    text = table.get(name)
    if not isinstance(text, str) or not text.strip():
        raise MappingError(f"{name} must be a text in quotation marks.")
    return text.strip()


def _words(table, name):
    """Return the text or list of texts under `name` as a set; empty where there is none."""
    words = table.get(name, [])
    words = [words] if isinstance(words, str) else words
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise MappingError(f"{name} must be a text in quotation marks, or a list of such.")
    return frozenset(word.strip() for word in words)


def _path(table, name, otherwise=None):
    try:
        return FieldPath.parse(_text(table, name) if name in table else otherwise)
    except ValueError as error:
        raise MappingError(f"{name}: {error}.") from error


def _zone(name):
    """Return the zone called `name`, the site's for None."""
    if name is None:
        return timezone.get_default_timezone()
    try:
        return ZoneInfo(name)
    except (ValueError, TypeError, OSError, LookupError) as error:
        raise MappingError(f"zone: “{name}” is no time zone, such as America/New_York.") from error
