"""The events coordinator's screens."""

from .events import EventAdmin
from .kinds import AudienceAdmin, TopicAdmin
from .registrations import RegistrationAdmin

__all__ = ["AudienceAdmin", "EventAdmin", "RegistrationAdmin", "TopicAdmin"]
