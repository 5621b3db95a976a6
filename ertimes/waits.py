"""What may be shown of a wait, and until when. The page, its fragment, the JSON and the home page all ask here.

A reading is shown plainly for the department's `plain_for` (T1), then with the time it was last
reported until `shown_for` (T2), and after that not at all: a number that is too old is worse than none.
"""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from publishing import instant

from .models import EmergencyDepartment


class Freshness(enum.StrEnum):
    FRESH = "fresh"
    LAST_REPORTED = "last_reported"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class Wait:
    """The wait of one department as it may be shown at `at`.

    `door_to_provider` (timedelta) and `observed_at` are None where nothing may be shown.
    """

    department: EmergencyDepartment
    at: datetime
    freshness: Freshness
    door_to_provider: timedelta | None = None
    observed_at: datetime | None = None

    @property
    def available(self):
        """Return whether there is a number to show."""
        return self.freshness is not Freshness.UNAVAILABLE

    @property
    def minutes(self):
        """Return the wait in whole minutes, or None."""
        return int(self.door_to_provider.total_seconds() // 60) if self.available else None

    @property
    def expires_at(self):
        """Return the instant from which this number must not be shown any more, or None without a number."""
        return self.observed_at + self.department.shown_for if self.available else None

    @property
    def changes_at(self):
        """Return when this same reading will next be shown otherwise, or None: no cache may outlive it."""
        if self.freshness is Freshness.FRESH:
            return self.observed_at + self.department.plain_for
        return self.expires_at


def wait_of(department, at=None):
    """Return the Wait of `department`, one from `with_newest_reading`, at `at` (default: now)."""
    at = at or instant.now()
    observed_at = department.newest_observed_at
    if observed_at is None or department.status == EmergencyDepartment.Status.CLOSED:
        return Wait(department, at, Freshness.UNAVAILABLE)
    age = at - observed_at
    if age < timedelta(0) or age >= department.shown_for:
        return Wait(department, at, Freshness.UNAVAILABLE)
    freshness = Freshness.FRESH if age < department.plain_for else Freshness.LAST_REPORTED
    return Wait(department, at, freshness, department.newest_wait, observed_at)


def current_waits(at=None):
    """Return the Wait of each published department in its order, in three queries at most."""
    at = at or instant.now()
    departments = (
        EmergencyDepartment.objects.published(at)
        .with_newest_reading(at)
        .select_related("location")
        .with_published_contact(at)
    )
    return [wait_of(department, at) for department in departments]


def seconds_left(waits, at=None, limit=60):
    """Return for how many whole seconds a page with `waits` may be kept: until the next change, at most `limit`."""
    at = at or instant.now()
    lefts = [(wait.changes_at - at).total_seconds() for wait in waits if wait.changes_at]
    return max(0, int(min([limit, *lefts])))
