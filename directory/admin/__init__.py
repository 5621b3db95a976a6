"""The screens of the directory's keeper."""

from .contacts import ContactAdmin, ContactNumberInline, SectionAdmin
from .holidays import HolidayAdmin
from .locations import LocationAdmin, LocationPhotoInline
from .mentions import NumberMentionAdmin
from .people import PersonAdmin
from .services import OfferingInline, ServiceAdmin

__all__ = [
    "ContactAdmin",
    "ContactNumberInline",
    "HolidayAdmin",
    "LocationAdmin",
    "LocationPhotoInline",
    "NumberMentionAdmin",
    "OfferingInline",
    "PersonAdmin",
    "SectionAdmin",
    "ServiceAdmin",
]
