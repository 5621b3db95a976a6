"""A month of the calendar, with the ones beside it."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .local_time import local_midnight


@dataclass(frozen=True, order=True)
class Month:
    """`year` is 1900 to 2200, `month` 1 to 12. Raises ValueError for others."""

    year: int
    month: int

    def __post_init__(self):
        if not (1900 <= self.year <= 2200 and 1 <= self.month <= 12):
            raise ValueError(f"no month {self.month} of the year {self.year}")

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
    def next(self):
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self):
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def bounds(self):
        """Return (begin, end) as aware datetimes, the end exclusive."""
        following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return local_midnight(self.first_day), local_midnight(following)
