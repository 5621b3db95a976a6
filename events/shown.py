"""A date as lists show it: with its series in words, what has become of it, and whether there is room."""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import DateStatus, EventDate
from .places import where_told
from .rule_words import series_told
from .seats import Availability, availability_of
from .zoned import clock_told


@dataclass(frozen=True)
class ShownDate:
    """`next_told` says of a date that does not take place when the next one of the event does; "" for none."""

    date: EventDate
    availability: Availability
    next_told: str = ""

    @property
    def event(self):
        return self.date.event

    @property
    def recurrence(self):
        """Return the Recurrence that it goes by."""
        return recurrence_of(self.date)

    @cached_property
    def series(self):
        """Return the series in words as it is at this date; "" for an event that takes place once."""
        return series_words(self.date)

    @cached_property
    def status(self):
        """Return the status in a word, or what is left of the seats; "" where there is nothing to say."""
        if self.date.status != DateStatus.ON:
            return str(DateStatus(self.date.status).label)
        return seats_told(self.availability)

    @cached_property
    def tone(self):
        """Return how loudly the status is said: "off", "changed", "full" or ""."""
        if not self.date.takes_place:
            return "off"
        if self.date.status == DateStatus.MOVED_ONLINE:
            return "changed"
        return "full" if self.date.status == DateStatus.FULL or self.availability.reason == "full" else ""

    @cached_property
    def where(self):
        """Return the place in words: “Room 2, Main Campus”, “Online”; "" where nobody has said."""
        return where_told(self.date)

    @property
    def hour(self):
        """Return the time at which it begins; None for a whole day."""
        return self.date.start_time

    @property
    def clock(self):
        """Return by which clock that time is told: “CST, Chicago time”; "" for the hospital's, and for a whole day."""
        return "" if self.date.all_day else str(self.date.zone_told)


def series_words(date):
    """Return in words the series that an EventDate goes by, "" for none."""
    return series_told(recurrence_of(date))


def recurrence_of(date):
    """Return the Recurrence that an EventDate goes by: of a change to its series, else of its event."""
    return (date.change if date.change_id else date.event).recurrence


def seats_told(availability):
    """Return in words whether there is room, "" where it need not be said."""
    if availability.reason == "full":
        return _("Full, with a waiting list") if availability.waiting_list else _("Full")
    if not availability.opens or availability.left is None:
        return ""
    return ngettext("%(count)d seat left", "%(count)d seats left", availability.left) % {"count": availability.left}


def shown_dates(dates, at):
    """Return the ShownDates of `dates`, EventDates fetched with their events, as things are at `at`.

    With `EventDateQuerySet.with_next_that_takes_place` those that do not tell which one does.
    """
    dates = list(dates)
    availability = availability_of(dates, at)
    return [ShownDate(date, availability[date.pk], _next_told(date)) for date in dates]


def _next_told(date):
    starts_at = getattr(date, "next_start", None)
    return start_told(date, starts_at) if starts_at else ""


def start_told(date, starts_at=None):
    """Return when an EventDate begins, in one line: “December 1, 2026, 6:00 PM”; or another one of its event.

    With the name of its clock where that is not the hospital's: “December 1, 2026, 6:00 PM CST, Chicago time”.
    """
    starts_at = starts_at or date.starts_at
    # Without its zone, since the template's filters would put it on the hospital's clock.
    local = timezone.localtime(starts_at, date.zone).replace(tzinfo=None)
    if date.all_day:
        return date_format(local, "DATE_FORMAT")
    return f"{date_format(local, 'DATETIME_FORMAT')} {clock_told(date.event.zone, starts_at)}".rstrip()
