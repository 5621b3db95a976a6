from .conflict_decision import ConflictDecision
from .contact import Contact, ContactNumber, Section
from .holiday import Holiday
from .import_run import ImportLine, ImportRun
from .location import Location, LocationHours, LocationPhoto, OperatingStatus
from .location_hours import SpecialHours, WeeklyHours
from .number_check import NumberCheck
from .number_mention import FollowedText, FormerNumber, NumberMention
from .person import Person
from .service import Offering, Service

__all__ = [
    "ConflictDecision",
    "Contact",
    "ContactNumber",
    "FollowedText",
    "FormerNumber",
    "Holiday",
    "ImportLine",
    "ImportRun",
    "Location",
    "LocationHours",
    "LocationPhoto",
    "NumberCheck",
    "NumberMention",
    "Offering",
    "OperatingStatus",
    "Person",
    "Section",
    "Service",
    "SpecialHours",
    "WeeklyHours",
]
