"""A month of the calendar, with the ones beside it."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from .local_time import local_midnight

FIRST_YEAR, LAST_YEAR = 1900, 2200  # beyond, nobody asks for a day, and some instants cannot be stored


def is_in_calendar(day):
    """Return whether `day`, a date or datetime, lies in the years that anybody asks for."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def checked_day(day):
    """Return `day`, a date. Raises ValidationError for one beyond every calendar."""
    if not is_in_calendar(day):
        raise ValidationError(
            _("Give a day between the years %(first)d and %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return day


@dataclass(frozen=True, order=True)
class Month:
    """One month of one year, by the hospital's calendar."""

    year: int
    month: int

    @classmethod
    def of(cls, day):
        """Return the month of `day`, a date."""
        return cls(day.year, day.month)

    @classmethod
    def current(cls):
        """Return this month, by the hospital's calendar."""
        return cls.of(timezone.localdate())

    @property
    def first_day(self):
        return date(self.year, self.month, 1)

    @property
    def last_day(self):
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self):
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self):
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def weeks(self):
        """Return the weeks that it touches: lists of seven dates, from Sunday on."""
        return calendar.Calendar(calendar.SUNDAY).monthdatescalendar(self.year, self.month)

    @property
    def bounds(self):
        """Return (begin, end) as aware datetimes, the end exclusive."""
        return local_midnight(self.first_day), local_midnight(self.next.first_day)


def month_or_404(year, month):
    """Return the Month that an address names. Raises Http404 for a 13th one, and for years no calendar asks for."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise Http404(_("There is no such month."))
    return Month(year, month)
