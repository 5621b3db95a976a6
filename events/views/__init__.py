from .calendars import calendar, event_calendar
from .detail import event_detail
from .lists import event_list, month

__all__ = ["calendar", "event_calendar", "event_detail", "event_list", "month"]
