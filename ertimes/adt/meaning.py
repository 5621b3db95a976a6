"""From a message to what it tells of a visit."""

from dataclasses import dataclass
from datetime import datetime

from ..visits import KEPT_FOR, VisitReport
from .mapping import EVENTS, FACILITY, POINT_OF_CARE
from .messages import FieldPath
from .refusal import (
    REQUIRED_FIELD_MISSING,
    UNSUPPORTED_EVENT,
    UNSUPPORTED_MESSAGE_TYPE,
    UNSUPPORTED_PROCESSING_ID,
    VALUE_NOT_FOUND,
    cannot_be_used,
    not_taken_here,
)
from .times import NoInstantError, read_time

DISCHARGE, CANCELLATION = "A03", "A11"
MESSAGE_TYPE = FieldPath.parse("MSH-9")
EVENT = FieldPath.parse("MSH-9.2")
SENT_AT = FieldPath.parse("MSH-7")
PROCESSING_ID = FieldPath.parse("MSH-11")
RECORDED_AT = FieldPath.parse("EVN-2")
DISCHARGED_AT = FieldPath.parse("PV1-45")


@dataclass(frozen=True)
class Told:
    """What a message tells: the slug of a department, a VisitReport, and when the hospital sent it (aware)."""

    department: str
    report: VisitReport
    sent_at: datetime


class NothingToKeep(Exception):  # noqa: N818  no error: the message is in order
    """The message is in order and tells nothing that is kept here; the text says why."""


def read_visit(message, mapping, received_at):
    """Return what `message` tells, as Told; `received_at` is an aware datetime.

    Raises RefusedError where it is not taken or cannot be used, and NothingToKeep.
    """
    event = _event(message, mapping)
    place = _place(message, mapping)
    clock = _Clock(message, mapping.zone, received_at)
    visit_id = message.value(mapping.visit)
    if not visit_id:
        raise cannot_be_used("is missing", str(mapping.visit), REQUIRED_FIELD_MISSING)
    seen_at = _seen_at(message, mapping.seen, event, clock)
    left_at = (clock.read(DISCHARGED_AT) or clock.happened_at) if event == DISCHARGE else None
    # In the hour that comes twice an arrival is not after what followed it.
    arrived_at = clock.read(mapping.arrival, latest=seen_at or left_at)
    if arrived_at is None:
        raise cannot_be_used("is missing", str(mapping.arrival), REQUIRED_FIELD_MISSING)
    if arrived_at < received_at - KEPT_FOR:
        raise NothingToKeep("Nothing is kept: the arrival is more than 72 hours ago.")
    report = VisitReport(visit_id, arrived_at, seen_at, left_at, cancelled=event == CANCELLATION)
    return Told(place.slug, report, min(clock.sent_at, received_at))


def place_of(field, mapping):
    """Return where `field` of a VisitReport was read in the message, as "PV1-44"; "" where nothing says it alone."""
    paths = {"visit_id": mapping.visit, "arrived_at": mapping.arrival, "seen_at": mapping.seen.time}
    return str(paths.get(field) or "")


def _event(message, mapping):
    if message.value(MESSAGE_TYPE) != "ADT":
        raise not_taken_here("Only ADT messages are taken", "MSH-9", UNSUPPORTED_MESSAGE_TYPE)
    event = message.value(EVENT)
    if event not in EVENTS:
        raise not_taken_here(f"Only the events {', '.join(EVENTS)} are taken", "MSH-9.2", UNSUPPORTED_EVENT)
    if (message.value(PROCESSING_ID) or "P") not in mapping.processing_ids:
        raise not_taken_here("Test and training messages are not taken", "MSH-11", UNSUPPORTED_PROCESSING_ID)
    return event


def _place(message, mapping):
    for place in mapping.places:
        if place.sent(message):
            return place
    if mapping.ignore_other_places:
        raise NothingToKeep("Nothing is kept: the message is of another place.")
    raise cannot_be_used(
        f"with {FACILITY} names no emergency department of the mapping", str(POINT_OF_CARE), VALUE_NOT_FOUND
    )


def _seen_at(message, seen, event, clock):
    if seen.time is not None:
        return clock.read(seen.time)
    return clock.happened_at if event == seen.event and message.value(seen.field) == seen.equals else None


class _Clock:
    """Reads the times of one message."""

    def __init__(self, message, zone, received_at):
        self._message = message
        self._zone = zone
        self._received_at = self.sent_at = received_at
        self.sent_at = self.read(SENT_AT) or received_at

    @property
    def happened_at(self):
        """Return when what the message tells of was recorded, or else when the message was sent."""
        return self.read(RECORDED_AT) or self.sent_at

    def read(self, path, latest=None):
        """Return the instant at `path`, None where nothing stands there. Raises RefusedError.

        Of one that comes twice it is the one up to `latest` (None: when the message was received) that is
        nearest to when the message was sent.
        """
        text = self._message.value(path)
        if not text:
            return None
        try:
            return read_time(text, self._zone, near=self.sent_at, latest=latest or self._received_at)
        except NoInstantError as error:
            raise cannot_be_used(str(error), str(path)) from error
