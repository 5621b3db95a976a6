from .contact import Contact, ContactNumber, Section
from .location import Location, LocationHours
from .location_hours import SpecialHours, WeeklyHours
from .person import Person
from .service import Service

__all__ = [
    "Contact",
    "ContactNumber",
    "Location",
    "LocationHours",
    "Person",
    "Section",
    "Service",
    "SpecialHours",
    "WeeklyHours",
]
