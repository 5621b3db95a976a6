"""What may be shown of a wait, and until when. Page, fragment, JSON, widget, home page and admin all ask here.

A reading is shown plainly for the department's `plain_for` (T1), then with the time it was last
reported until `shown_for` (T2) or its own `valid_for`, whichever ends first, and after that not at all: a
number that is too old is worse than none. What staff say counts before the feed until its time is over.
"""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from publishing import instant

from .models import EmergencyDepartment, Source
from .models.department import READ

Status = EmergencyDepartment.Status


class Freshness(enum.StrEnum):
    FRESH = "fresh"
    LAST_REPORTED = "last_reported"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Newest:
    """The newest reading of one source, as `with_newest_readings` annotated it."""

    source: Source
    door_to_provider: timedelta | None
    observed_at: datetime
    valid_for: timedelta | None
    sample_size: int | None

    def ends_at(self, department):
        """Return the instant from which it counts no more."""
        return self.observed_at + min(self.valid_for or department.shown_for, department.shown_for)

    def counts(self, department, at):
        """Return whether it counts at `at`: measured by then, and not over."""
        return self.observed_at <= at < self.ends_at(department)


@dataclass(frozen=True)
class Wait:
    """The wait of one department as it may be shown at `at`.

    `door_to_provider` (timedelta), `observed_at` and `expires_at`, the instant from which the number must not
    be shown any more, are None where nothing may be shown. `status` is the one that counts at `at`.
    `changes_at` is when all this will next be otherwise without anybody doing anything, None for never: no
    cache may outlive it. `source` and `sample_size` are those of the reading, None without one.
    """

    department: EmergencyDepartment
    at: datetime
    status: EmergencyDepartment.Status
    freshness: Freshness
    door_to_provider: timedelta | None = None
    observed_at: datetime | None = None
    expires_at: datetime | None = None
    changes_at: datetime | None = None
    source: Source | None = None
    sample_size: int | None = None

    @property
    def available(self):
        """Return whether there is a number to show."""
        return self.freshness is not Freshness.UNAVAILABLE

    @property
    def minutes(self):
        """Return the wait in whole minutes, never rounded up, or None."""
        return int(self.door_to_provider.total_seconds() // 60) if self.available else None

    @property
    def is_of_another_day(self):
        """Return whether it was measured on another day than today, in the hospital's zone."""
        return self.observed_at is not None and localdate(self.observed_at) != localdate(self.at)

    @property
    def plain_until(self):
        """Return the instant from which the page says “last reported”; None where it does so, or shows no wait."""
        return self.observed_at + self.department.plain_for if self.freshness is Freshness.FRESH else None

    @property
    def status_until(self):
        """Return the instant at which the status ends, None where it is the usual one or nobody said."""
        return None if self.status == Status.NORMAL else self.department.status_until

    @property
    def status_ends_another_day(self):
        """Return whether the status ends on another day than today, in the hospital's zone."""
        return self.status_until is not None and localdate(self.status_until) != localdate(self.at)

    @property
    def status_text(self):
        """Return the words of staff about the status, "" once it has ended."""
        return self.department.status_text if self.status == self.department.status else ""


def newest_of(department, source):
    """Return the Newest reading of `source` of `department`, one from `with_newest_readings`; None without any."""
    read = {name: getattr(department, f"{source}_{name}") for name in READ}
    return None if read["observed_at"] is None else Newest(source, **read)


def wait_of(department, at=None):
    """Return the Wait of `department`, one from `with_newest_readings`, at `at` (default: now)."""
    at = at or instant.now()
    status = department.status_at(at)
    status_ends = None if status == Status.NORMAL else department.status_until
    # In this order: what staff say counts before the feed.
    readings = [newest_of(department, source) for source in (Source.STAFF, Source.FEED)]
    reading = next((reading for reading in readings if reading and reading.counts(department, at)), None)
    if reading is None or status == Status.CLOSED:
        return Wait(department, at, status, Freshness.UNAVAILABLE, changes_at=status_ends)
    ends_at = reading.ends_at(department)
    if reading.door_to_provider is None:
        return Wait(
            department,
            at,
            status,
            Freshness.UNAVAILABLE,
            changes_at=_first(ends_at, status_ends),
            source=reading.source,
        )
    plain_until = reading.observed_at + department.plain_for
    return Wait(
        department,
        at,
        status,
        Freshness.FRESH if at < plain_until else Freshness.LAST_REPORTED,
        reading.door_to_provider,
        reading.observed_at,
        ends_at,
        _first(plain_until if at < plain_until else None, ends_at, status_ends),
        reading.source,
        reading.sample_size,
    )


def last_told_at(department):
    """Return when the newest reading of `department` was measured, of either source; None without one in a day."""
    readings = [newest_of(department, source) for source in Source]
    return max((reading.observed_at for reading in readings if reading), default=None)


def _first(*instants):
    return min((instant for instant in instants if instant is not None), default=None)


def current_waits(at=None):
    """Return the Wait of each published department in its order, in three queries at most."""
    at = at or instant.now()
    departments = (
        EmergencyDepartment.objects.published(at)
        .with_newest_readings(at)
        .select_related("location")
        .with_published_contact(at)
    )
    return [wait_of(department, at) for department in departments]
