"""Made-up waits and visits, for the demonstration only."""

import math
import random
from datetime import timedelta

from django.db.models import Exists, OuterRef

from .models import EmergencyDepartment, Source, WaitTimeReading
from .readings import record_reading
from .visits import VisitReport

KEPT = timedelta(days=4)  # longer than hours are summed up anew, so that none is made of half its readings
ARRIVALS_EVERY = timedelta(minutes=7)
TOLD_FOR = timedelta(hours=3)  # so long after the arrival a made-up visit is told of


def departments_to_feed(at):
    """Return the published departments that no real feed reports: nothing made-up may mix with one."""
    real = WaitTimeReading.objects.filter(department=OuterRef("pk"), source=Source.FEED, demonstration=False)
    return list(EmergencyDepartment.objects.published(at).with_newest_readings(at).exclude(Exists(real)))


def next_minutes(department, randomness):
    """Return a wait in minutes some off the last one of `department`, one from `departments_to_feed`."""
    last = department.feed_door_to_provider or timedelta(minutes=randomness.randint(15, 40))
    minutes = int(last.total_seconds() // 60) + randomness.randint(-4, 4)
    return min(75, max(8, minutes))


def report_made_up_waits(at, randomness):
    """Record for each department a wait some minutes off its last one, straight into the table; forget old ones."""
    forget_made_up_waits(at)
    for department in departments_to_feed(at):
        record_reading(
            department=department,
            observed_at=at,
            door_to_provider=timedelta(minutes=next_minutes(department, randomness)),
            source=Source.FEED,
            sample_size=randomness.randint(3, 12),
            demonstration=True,
        )


def forget_made_up_waits(at):
    """Delete the made-up readings older than KEPT."""
    WaitTimeReading.objects.filter(demonstration=True, observed_at__lt=at - KEPT).delete()


def made_up_visits(department, at):
    """Return the VisitReports of who arrived at `department` in the TOLD_FOR up to `at`, with what is known by then.

    About one patient comes in ARRIVALS_EVERY. The same ones are told of each time, whenever the feed was
    started: each is made up from the department's address and the place of its arrival in time alone.
    """
    newest = int(at.timestamp() // ARRIVALS_EVERY.total_seconds())
    reports = [_visit(department, place, at) for place in range(newest - TOLD_FOR // ARRIVALS_EVERY, newest + 1)]
    return [report for report in reports if report.arrived_at <= at]


def _visit(department, place, at):
    chance = random.Random(f"{department.slug} {place}")  # noqa: S311  no secret depends on it
    second = place * ARRIVALS_EVERY.total_seconds() + chance.randrange(int(ARRIVALS_EVERY.total_seconds()))
    arrived_at = at + timedelta(seconds=second - at.timestamp())
    # It goes up and down over half a day, and one waits longer than another.
    usual = 28 + 9 * math.sin(second / timedelta(hours=2).total_seconds())
    ended_at = arrived_at + timedelta(minutes=max(3, usual + chance.triangular(-14, 14)))
    leaves = chance.random() < 0.05
    return VisitReport(
        f"demonstration-{department.slug}-{place}",
        arrived_at,
        seen_at=ended_at if ended_at <= at and not leaves else None,
        left_at=ended_at if ended_at <= at and leaves else None,
    )
