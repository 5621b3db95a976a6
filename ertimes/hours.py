"""Readings and visits summed up by the hour: what the charts read in place of millions of rows.

A job does it again and again for the last three days, so that what arrives late, is confirmed or is withdrawn
counts as if it had been so from the start. Hours that did not change are not written.
"""

from collections import Counter, defaultdict
from datetime import UTC, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Min, Q, Sum
from django.db.models.functions import TruncHour
from django.utils import timezone

from publishing.batches import batches

from .full_hours import HOUR, full_hour
from .models import (
    LONGEST_WAIT,
    EmergencyDepartment,
    HourlyAccuracy,
    HourlyWait,
    ReadingState,
    Source,
    Visit,
    WaitTimeReading,
)
from .timeline import LONGEST_SHOWN, number_at, what_was_shown
from .visits import KEPT_FOR
from .waits import Newest

LATE = timedelta(hours=72)  # a reading may come in by so much later and still count
VISITS_WHOLE = KEPT_FOR - HOUR  # an hour of arrivals is counted only while all its visits must be there
DECIDED = timedelta(hours=24)  # what a person decided since then may lie further back than LATE
NEAR = timedelta(minutes=15)
ROWS_AT_ONCE = 1000
SPANS_AT_ONCE = 100


def whole_since(now):
    """Return the full hour from which on no reading was deleted for its age by `now`; None without any reading."""
    oldest = WaitTimeReading.objects.aggregate(oldest=Min("observed_at"))["oldest"]
    return None if oldest is None else full_hour(max(oldest, now - settings.READINGS_KEPT))


def summarize_recent():
    """Sum up the last three days anew, and what a person decided of earlier hours since yesterday."""
    now = timezone.now()
    since = full_hour(now - LATE)
    summarize_waits([(since, now), *((hour, hour + HOUR) for hour in _decided_before(since, now))])
    summarize_accuracy(full_hour(now - VISITS_WHOLE) + HOUR, now)


def summarize_waits(spans):
    """Sum up the accepted readings of `spans`: (a full hour, the instant before which it ends) each.

    Return how many rows of HourlyWait it changed.
    """
    return sum(_store(HourlyWait, waits_by_hour(part), part) for part in batches(spans, SPANS_AT_ONCE))


def waits_by_hour(spans):
    """Return {(department's pk, hour): HourlyWait} of the accepted readings of `spans`, stored nowhere yet."""
    readings = WaitTimeReading.objects.filter(
        _during(spans, "observed_at"), state=ReadingState.SHOWN, door_to_provider__isnull=False
    )
    sums = (
        readings.annotate(hour=TruncHour("observed_at", tzinfo=UTC))
        .values("department_id", "hour", "demonstration")
        .annotate(
            readings=Count("pk"),
            total=Sum("door_to_provider"),
            shortest=Min("door_to_provider"),
            longest=Max("door_to_provider"),
            patients=Sum("sample_size"),
        )
        .order_by()
    )
    return _real_before_made_up(HourlyWait(**values) for values in sums)


def _during(spans, name):
    """Return the condition that the instant in the column `name` lies in one of `spans`."""
    condition = Q()
    for since, until in spans:
        condition |= Q(**{f"{name}__gte": since, f"{name}__lt": until})
    return condition


def summarize_accuracy(since, now):
    """Compare the visits of those who arrived from `since`, a full hour, on with what they found on the board.

    Return how many rows of HourlyAccuracy it changed.
    """
    seen = Visit.objects.filter(seen_at__isnull=False, cancelled=False, arrived_at__gte=since, arrived_at__lt=now)
    visits = list(seen.values_list("department_id", "demonstration", "arrived_at", "seen_at"))
    boards = _boards({(department, demonstration) for department, demonstration, *_ in visits}, since, now)
    counts = defaultdict(Counter)
    for department, demonstration, arrived_at, seen_at in visits:
        told = number_at(boards[department, demonstration], arrived_at)
        if told is not None and seen_at - arrived_at <= LONGEST_WAIT:
            counts[department, full_hour(arrived_at), demonstration][_outcome(seen_at - arrived_at, told)] += 1
    rows = _real_before_made_up(
        HourlyAccuracy(
            department_id=department,
            hour=hour,
            demonstration=demonstration,
            **{outcome: found[outcome] for outcome in ("near", "sooner", "later")},
        )
        for (department, hour, demonstration), found in counts.items()
    )
    return _store(HourlyAccuracy, rows, [(since, now)])


def _outcome(lived, told):
    """Return by which column of HourlyAccuracy a patient counts who waited `lived` where the board had `told`."""
    if abs(lived - told) <= NEAR:
        return "near"
    return "sooner" if lived < told else "later"


def _boards(wanted, since, now):
    """Return {(department's pk, demonstration): list of Shown} for the pairs `wanted`.

    Real patients found real numbers alone; made-up ones found both.
    """
    departments = EmergencyDepartment.objects.in_bulk({department for department, _ in wanted})
    if not departments:
        return {}
    readings = WaitTimeReading.objects.filter(
        department__in=departments,
        state=ReadingState.SHOWN,
        observed_at__gte=since - LONGEST_SHOWN,
        observed_at__lt=now,
    )
    read = defaultdict(list)
    columns = (
        "department_id",
        "demonstration",
        "source",
        "door_to_provider",
        "observed_at",
        "valid_for",
        "sample_size",
    )
    for department, made_up, source, *facts in readings.order_by().values_list(*columns):
        newest = Newest(Source(source), *facts)
        read[department, True].append(newest)
        if not made_up:
            read[department, False].append(newest)
    return {pair: what_was_shown(departments[pair[0]], read[pair]) for pair in wanted}


def _decided_before(since, now):
    """Return the full hours before `since` of readings that were confirmed or withdrawn a short time ago."""
    decided = WaitTimeReading.objects.filter(decided_at__gte=now - DECIDED).order_by()
    # Asked with their times, SQLite would look through a year of readings for the few that were decided.
    kept_since = now - settings.READINGS_KEPT + HOUR
    observed = (at for at in decided.values_list("observed_at", flat=True) if kept_since <= at < since)
    return sorted({full_hour(at) for at in observed})


def _real_before_made_up(rows):
    """Return {(department's pk, hour): row}: where there are both, the real one alone."""
    rows = sorted(rows, key=lambda row: not row.demonstration)
    return {(row.department_id, row.hour): row for row in rows}


def _store(model, rows, spans):
    """Make the table of `model` hold `rows` and nothing else in `spans`; return how many rows changed.

    An hour without a row goes, unless it is made up: of those there never were readings.
    """
    facts = [field.attname for field in model._meta.fields if field.name not in ("id", "department", "hour")]
    stored = {(row.department_id, row.hour): row for row in model.objects.filter(_during(spans, "hour"))}
    changed = [
        row
        for key, row in rows.items()
        if key not in stored or any(getattr(row, fact) != getattr(stored[key], fact) for fact in facts)
    ]
    gone = [row.pk for key, row in stored.items() if key not in rows and not row.demonstration]
    if changed or gone:
        with transaction.atomic():
            model.objects.bulk_create(
                changed,
                update_conflicts=True,
                unique_fields=["department", "hour"],
                update_fields=facts,
                batch_size=ROWS_AT_ONCE,
            )
            model.objects.filter(pk__in=gone).delete()
    return len(changed) + len(gone)
