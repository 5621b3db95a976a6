"""What the staff of an emergency department see of those who are on the way."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q

from .arrivals import Step
from .models import ArrivalNotice, EmergencyDepartment

Status = ArrivalNotice.Status


@dataclass(frozen=True)
class Row:
    """One notice at one instant. `minutes` is how long until they come, below 0 for how long they are late."""

    notice: ArrivalNotice
    minutes: int
    is_late: bool
    is_new: bool  # nobody has looked at it since it was told
    is_changed: bool  # and it had been told otherwise before

    @property
    def minutes_late(self):
        return max(0, -self.minutes)

    @property
    def steps(self):
        """Return the Steps that staff may take, the likeliest first."""
        awaited = [Step.ARRIVE, Step.MISS]
        return {
            Status.EXPECTED: [Step.SEE, *awaited],
            Status.ACKNOWLEDGED: [*awaited, Step.UNDO],
            Status.CANCELLED: [],
        }.get(self.notice.status, [Step.UNDO])


@dataclass(frozen=True)
class Board:
    """Those `awaited`, the soonest first, and those `settled`, the latest first; lists of Row."""

    at: datetime
    awaited: list = field(default_factory=list)
    settled: list = field(default_factory=list)

    @property
    def state(self):
        """Return a text that stays the same as long as the board looks the same."""
        return ".".join(f"{row.notice.pk}-{row.notice.state}-{row.minutes}" for row in [*self.awaited, *self.settled])


def board_of(department, at):
    """Return the Board of `department` at `at`, in one query."""
    notices = ArrivalNotice.objects.kept(at).filter(department=department).select_related("handled_by")
    rows = [_row(notice, at) for notice in notices]
    return Board(
        at,
        awaited=[row for row in rows if row.notice.is_awaited],
        settled=sorted(
            (row for row in rows if not row.notice.is_awaited),
            key=lambda row: row.notice.handled_at or row.notice.expected_at,
            reverse=True,
        ),
    )


def departments_with_boards(at):
    """Return the departments that are live or still awaited at, each with `awaited`, the number of people."""
    kept = ArrivalNotice.objects.kept(at)
    awaited = Q(arrival_notices__in=kept.awaited())
    return (
        EmergencyDepartment.objects.filter(
            Q(pk__in=EmergencyDepartment.objects.published(at).values("pk")) | Q(pk__in=kept.values("department"))
        )
        .annotate(
            awaited=Count("arrival_notices", filter=awaited),
            unseen=Count("arrival_notices", filter=awaited & Q(arrival_notices__status=Status.EXPECTED)),
        )
        .order_by("position", "name")
    )


def _row(notice, at):
    is_new = notice.status == Status.EXPECTED
    minutes = (notice.expected_at - at).total_seconds() / 60
    return Row(
        notice,
        minutes=round(minutes) if notice.is_awaited else 0,
        is_late=notice.is_late_at(at),
        is_new=is_new,
        is_changed=is_new and notice.changes > 0,
    )
