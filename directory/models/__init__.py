from .contact import Contact, ContactNumber, Section
from .location import Location
from .person import Person
from .service import Service

__all__ = ["Contact", "ContactNumber", "Location", "Person", "Section", "Service"]
