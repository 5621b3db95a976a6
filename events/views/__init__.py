from .calendars import calendar, date_calendar, event_calendar, location_calendar, topic_calendar
from .detail import event_detail
from .lists import event_list, month

__all__ = [
    "calendar",
    "date_calendar",
    "event_calendar",
    "event_detail",
    "event_list",
    "location_calendar",
    "month",
    "topic_calendar",
]
