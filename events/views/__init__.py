from .calendars import calendar, date_calendar, event_calendar, location_calendar, topic_calendar
from .detail import event_detail
from .lists import event_list, past_events
from .months import month
from .registering import register
from .registration import registration, registration_calendar

__all__ = [
    "calendar",
    "date_calendar",
    "event_calendar",
    "event_detail",
    "event_list",
    "location_calendar",
    "month",
    "past_events",
    "register",
    "registration",
    "registration_calendar",
    "topic_calendar",
]
