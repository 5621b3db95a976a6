"""One date of an imported series as its own entry (RECURRENCE-ID) has it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from ..dates import PAST, fit
from ..models import DateStatus, Event
from ..models.event import AHEAD


def set_single(date, entry):
    """Let `date`, an EventDate, be as `entry` says, beside what its series has; the row is not saved.

    An entry without an end lasts as long as the dates of the series do, where it begins after their end.
    """
    event, values = date.event, entry.values
    date.status = DateStatus.CANCELLED if entry.cancelled else DateStatus.ON
    date.moved_to = values["first_day"] if values["first_day"] != date.day else None
    date.moved_start = values["start_time"] if values["start_time"] != event.start_time else None
    date.moved_end = values["end_time"] if values["end_time"] != event.end_time else None
    date.place = values["place"] if values["place"] != event.place else ""
    if event.timing == Event.Timing.ALL_DAY:
        date.moved_start = date.moved_end = None
    fit(date)


def unwritten_told(event, day):
    """Return in words why the date of a series on `day` is not written; "" where it is."""
    today = timezone.localdate()
    if day >= max(event.first_day, today) + AHEAD:
        return _("Its date is not written yet: it is too far ahead. Enter it later.")
    if day < today - PAST:
        return _("Its date is not written: it is too long ago.")
    return ""
