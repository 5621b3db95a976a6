"""Whether patients find anybody at a place now: its operating status, and else its hours.

The status comes first. Behind doors that are shut no page may say "open now", whatever the hours are.
"""

from dataclasses import dataclass
from datetime import datetime

from .models import OperatingStatus
from .opening_words import OpenLine, open_line


@dataclass(frozen=True)
class PlaceNow:
    """What a page says of a place at one instant.

    `status` counts; `note` and `until` (an aware datetime, or None where nobody said) are of it, "" and None where it
    is as usual. `line` is None where no hours are known, and where the doors are shut.
    """

    status: OperatingStatus
    note: str = ""
    until: datetime | None = None
    line: OpenLine | None = None

    @property
    def is_as_usual(self):
        """Return whether there is nothing to tell but the hours."""
        return self.status == OperatingStatus.NORMAL

    @property
    def is_open(self):
        """Return whether it is open now; None where nobody knows."""
        if not self.status.has_doors_open:
            return False
        return self.line.is_open if self.line else None

    @property
    def changes_at(self):
        """Return when this may be otherwise without anybody doing anything; None for never. No cache may outlive it."""
        return min((end for end in (self.until, self.line and self.line.holds_until) if end), default=None)


def place_now(location, at, hours=None):
    """Return the PlaceNow of `location`, one with_hours(), at `at` (aware datetime).

    `hours` is an Hours that counts in place of the location's own, as for one service there.
    """
    status = location.status_at(at)
    usual = status == OperatingStatus.NORMAL
    line = open_line(location.opening_hours if hours is None else hours, at) if status.has_doors_open else None
    return PlaceNow(
        status, note="" if usual else location.status_note, until=None if usual else location.status_until, line=line
    )
