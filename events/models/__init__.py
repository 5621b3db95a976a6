from .calendar_import import CalendarImport, ImportedUid
from .event import Event, EventQuerySet, validate_slug_is_free
from .event_date import NOT_HELD, DateStatus, EventDate
from .kinds import Audience, Topic
from .question import Question
from .registration import Registration
from .registration_mail import RegistrationMail
from .series_change import SeriesChange

__all__ = [
    "NOT_HELD",
    "Audience",
    "CalendarImport",
    "DateStatus",
    "Event",
    "EventDate",
    "EventQuerySet",
    "ImportedUid",
    "Question",
    "Registration",
    "RegistrationMail",
    "SeriesChange",
    "Topic",
    "validate_slug_is_free",
]
