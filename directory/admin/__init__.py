"""The screens of the directory's keeper."""

from .contacts import ContactAdmin, ContactNumberInline, SectionAdmin
from .holidays import HolidayAdmin
from .locations import LocationAdmin, LocationPhotoInline
from .people import PersonAdmin
from .services import OfferingInline, ServiceAdmin

__all__ = [
    "ContactAdmin",
    "ContactNumberInline",
    "HolidayAdmin",
    "LocationAdmin",
    "LocationPhotoInline",
    "OfferingInline",
    "PersonAdmin",
    "SectionAdmin",
    "ServiceAdmin",
]
