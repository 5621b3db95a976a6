"""The events coordinator's screens."""

from .events import EventAdmin
from .kinds import AudienceAdmin, TopicAdmin

__all__ = ["AudienceAdmin", "EventAdmin", "TopicAdmin"]
