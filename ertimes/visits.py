"""From single visits to a department's wait, whoever tells of them: the feed, the ADT listener, the demonstration.

A visit is told in pieces, by messages that come twice and in any order. What counts:

- What is known is never erased by a report that says less. Of two arrivals the earlier counts, and of two times
  of being seen; a cancellation stays. So the same reports make the same rows, in whatever order they come.
- Who was seen did not leave without being seen: `left_at` is kept only where nobody tells of a `seen_at`.
- The wait is the department's statistic, mean or median, over the visits seen in its window, whose end belongs
  to it and whose beginning does not. Not yet seen, left without being seen, cancelled, or seen more than
  LONGEST_WAIT after arrival: not counted.
- With fewer of them than the department's `smallest_sample` there is no reading, so the last one grows old.

The sender's name for a visit is never stored nor logged; a row is found by a keyed hash of it. With a new
SECRET_KEY a visit that is told of again makes a second row, for KEPT_FOR at most.
"""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from statistics import mean, median

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from .locking import lock
from .models import LONGEST_WAIT, Source, Visit
from .models.reading import CLOCKS_DIFFER
from .readings import record_reading

KEPT_FOR = timedelta(hours=72)  # after the arrival
OLDEST_AS_OF = timedelta(minutes=15)
MICROSECOND = timedelta.resolution
LONGEST_VISIT_ID = 200  # letters
TOLD = ["arrived_at", "seen_at", "left_at", "cancelled", "demonstration"]  # of a Visit, what reports can change


@dataclass(frozen=True)
class VisitReport:
    """What one message tells of a visit; `left_at` is when the patient left without being seen.

    The instants are aware datetimes, None where the message tells nothing of it. `visit_id` is the sender's own
    name for the visit, by which its reports belong together.
    """

    visit_id: str
    arrived_at: datetime
    seen_at: datetime | None = None
    left_at: datetime | None = None
    cancelled: bool = False


def check_report(report, now):
    """Raise ValidationError, by field of VisitReport, where `report` cannot be so at `now`, an aware datetime.

    For callers, report by report, before `take_visits`: one bad row must not cost the good ones.
    """
    errors = {}
    if not 1 <= len(report.visit_id) <= LONGEST_VISIT_ID or not report.visit_id.isprintable():
        errors["visit_id"] = _("The visit needs an id of 1 to %(most)d printable letters.") % {"most": LONGEST_VISIT_ID}
    for field in fields(report):
        at = getattr(report, field.name)
        if not isinstance(at, datetime):
            continue
        if timezone.is_naive(at):
            raise ValidationError({field.name: _("This time has no offset from UTC.")})
        if at > now + CLOCKS_DIFFER:
            errors[field.name] = _("This time is still to come.")
        elif at < report.arrived_at:
            errors[field.name] = _("This time is before the arrival.")
    if report.arrived_at < now - KEPT_FOR:
        errors["arrived_at"] = _("The arrival is more than 72 hours ago: nothing is kept of it any more.")
    if report.seen_at and report.seen_at - report.arrived_at > LONGEST_WAIT:
        errors.setdefault("seen_at", _("Seen more than 24 hours after the arrival."))
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def take_visits(*, department, reports, as_of, demonstration=False):
    """Keep what `reports` (VisitReports that passed `check_report`) tell, and measure the wait at `as_of`.

    Return the WaitTimeReading, or None where too few visits are counted. As of any feed, the first reading for
    an instant stays: who tells more a moment later needs a later `as_of`. Raises ValidationError as `check_as_of`
    does, and then keeps nothing.
    """
    check_as_of(as_of, timezone.now())
    keep_visits(department=department, reports=reports, demonstration=demonstration)
    return measure_wait(department=department, as_of=as_of, demonstration=demonstration)


def check_as_of(as_of, now):
    """Raise ValidationError where no wait can be measured at `as_of`: it is to come, or over by OLDEST_AS_OF.

    Later reports have changed what is known of an old window since then. A reading made of it now would say that
    something was measured, and could be shown, which nobody knew at that time.
    """
    if as_of > now + CLOCKS_DIFFER:
        raise ValidationError({"as_of": _("This time is still to come.")})
    if as_of < now - OLDEST_AS_OF:
        raise ValidationError({"as_of": _("This time is more than 15 minutes ago: no wait is measured backwards.")})


@transaction.atomic
def keep_visits(*, department, reports, demonstration=False):
    """Merge `reports`, checked VisitReports, into the rows of `department`, in three queries and a few for many."""
    lock(department)
    told = {}
    for report in reports:
        row = _row(department, report, demonstration)
        told[row.key] = _merged(told[row.key], row) if row.key in told else row
    known = {row.key: row for row in Visit.objects.filter(department=department, key__in=told)}
    rows = [_merged(known[key], row) if key in known else row for key, row in told.items()]
    new_or_changed = [row for row in rows if row.key not in known or _told_by(row) != _told_by(known[row.key])]
    Visit.objects.bulk_create(
        new_or_changed, update_conflicts=True, unique_fields=["department", "key"], update_fields=TOLD
    )


@transaction.atomic
def measure_wait(*, department, as_of, demonstration=False):
    """Record the wait over the window of `department` that ends at `as_of`; return the reading or None.

    What was made up for the demonstration and what was told of real visits are never counted together.
    """
    department = lock(department)
    visits = Visit.objects.filter(
        department=department,
        demonstration=demonstration,
        cancelled=False,
        seen_at__gt=as_of - department.window,
        seen_at__lte=as_of,
    )
    waits = [seen_at - arrived_at for arrived_at, seen_at in visits.values_list("arrived_at", "seen_at")]
    waits = [wait for wait in waits if wait <= LONGEST_WAIT]
    if len(waits) < department.smallest_sample:
        return None
    return record_reading(
        department=department,
        observed_at=as_of,
        door_to_provider=_statistic(department, waits),
        source=Source.FEED,
        sample_size=len(waits),
        demonstration=demonstration,
    )


def forget_visits(now=None):
    """Delete the visits that arrived more than KEPT_FOR before `now`; return how many."""
    _count, by_model = Visit.objects.filter(arrived_at__lt=(now or timezone.now()) - KEPT_FOR).delete()
    return by_model.get(Visit._meta.label, 0)


def _row(department, report, demonstration):
    key = salted_hmac("ertimes.visit", f"{department.pk} {report.visit_id}", algorithm="sha256").hexdigest()
    return Visit(
        department=department,
        key=key,
        arrived_at=report.arrived_at,
        seen_at=report.seen_at,
        left_at=None if report.seen_at else report.left_at,
        cancelled=report.cancelled,
        demonstration=demonstration,
    )


def _merged(one, other):
    """Return a Visit of what two tell of the same; which comes first makes no difference."""
    seen_at = _earlier(one.seen_at, other.seen_at)
    return Visit(
        department_id=one.department_id,
        key=one.key,
        arrived_at=min(one.arrived_at, other.arrived_at),
        seen_at=seen_at,
        left_at=None if seen_at else _earlier(one.left_at, other.left_at),
        cancelled=one.cancelled or other.cancelled,
        demonstration=one.demonstration and other.demonstration,
    )


def _earlier(one, other):
    return min((at for at in (one, other) if at is not None), default=None)


def _told_by(row):
    return [getattr(row, name) for name in TOLD]


def _statistic(department, waits):
    """Return the mean or median of `waits` in whole seconds, never rounded up, a timedelta."""
    statistic = median if department.statistic == department.Statistic.MEDIAN else mean
    return timedelta(seconds=statistic(wait // MICROSECOND for wait in waits) // 1_000_000)
