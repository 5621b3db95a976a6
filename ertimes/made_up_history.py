"""A made-up past, for the demonstration only: eight weeks of hours and a day of readings, so that charts have a shape.

It hangs on the department and the dates alone: made twice it is the same. Quiet at night, busy on Mondays.
"""

import random
from datetime import timedelta
from functools import lru_cache

from django.utils import timezone

from .full_hours import HOUR, full_hour
from .hours import summarize_waits
from .models import EmergencyDepartment, HourlyAccuracy, HourlyWait, Source, WaitTimeReading

WEEKS = 8
WEEKS_COMPARED = 4
EVERY = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)
READINGS_AN_HOUR = HOUR // EVERY
# The usual wait in minutes at each full hour of the hospital's clock.
BY_HOUR = (19, 17, 15, 13, 13, 14, 17, 22, 28, 34, 39, 42, 43, 42, 41, 42, 44, 47, 48, 46, 42, 36, 29, 23)
BY_WEEKDAY = (1.15, 1.02, 0.98, 0.97, 1.03, 0.95, 0.92)  # from Monday on


def make_up_history(at):
    """Give each published department a made-up past before `at`, where nothing was ever told of its waits.

    Return how many departments got one.
    """
    departments = EmergencyDepartment.objects.published(at).exclude(readings__isnull=False)
    departments = list(departments.exclude(hourly_waits__isnull=False).distinct())
    day_ago = full_hour(at - timedelta(hours=24))
    for department in departments:
        WaitTimeReading.objects.bulk_create(_readings(department, day_ago, at))
        HourlyWait.objects.bulk_create(_hours(department, day_ago - timedelta(weeks=WEEKS), day_ago))
        HourlyAccuracy.objects.bulk_create(_accuracy(department, day_ago - timedelta(weeks=WEEKS_COMPARED), day_ago))
    if departments:
        summarize_waits([(day_ago, at)])
    return len(departments)


def _readings(department, since, at):
    """Return a reading every EVERY from `since` on, the last at `at`; some days have two hours without any."""
    chance = _chance(department, at.date())
    silent_from = since + chance.randint(3, 18) * HOUR
    silent_until = silent_from + (2 * HOUR if chance.random() < 0.4 else timedelta(0))
    steps = (at - since) // EVERY
    instants = [since + step * EVERY for step in range(steps + 1) if since + step * EVERY < at]
    return [
        WaitTimeReading(
            department=department,
            observed_at=instant,
            door_to_provider=_wait(department, instant),
            sample_size=_patients(department, instant),
            source=Source.FEED,
            demonstration=True,
        )
        for instant in [*instants, at]
        if not silent_from <= instant < silent_until
    ]


def _hours(department, since, until):
    rows = []
    for hour in _full_hours(since, until):
        waits = [_wait(department, hour + step * EVERY) for step in (0, READINGS_AN_HOUR // 2, READINGS_AN_HOUR - 1)]
        rows.append(
            HourlyWait(
                department=department,
                hour=hour,
                readings=READINGS_AN_HOUR,
                total=sum(waits, timedelta()) / len(waits) * READINGS_AN_HOUR,
                shortest=min(waits),
                longest=max(waits),
                patients=READINGS_AN_HOUR * _patients(department, hour),
                demonstration=True,
            )
        )
    return rows


def _accuracy(department, since, until):
    rows = []
    for hour in _full_hours(since, until):
        chance = _chance(department, hour)
        outcomes = chance.choices(["near", "sooner", "later"], [70, 14, 16], k=_patients(department, hour))
        counts = {outcome: outcomes.count(outcome) for outcome in ("near", "sooner", "later")}
        rows.append(HourlyAccuracy(department=department, hour=hour, demonstration=True, **counts))
    return rows


def _wait(department, at):
    """Return the wait at `at`: the usual one of that hour and weekday, on a day that was busier or quieter."""
    local = timezone.localtime(at, timezone.get_default_timezone())
    before, after = BY_HOUR[local.hour], BY_HOUR[(local.hour + 1) % 24]
    usual = before + (after - before) * local.minute / 60
    of_the_day = _factor(department.slug, local.date(), 0.8, 1.25)
    this_hour, next_hour = (_factor(department.slug, full_hour(at) + step * HOUR, 0.85, 1.2) for step in (0, 1))
    of_the_hour = this_hour + (next_hour - this_hour) * local.minute / 60
    minutes = usual * BY_WEEKDAY[local.weekday()] * of_the_day * of_the_hour + _chance(department, at).uniform(-2, 2)
    return timedelta(minutes=min(75, max(8, round(minutes))))


@lru_cache(maxsize=16)
def _factor(slug, what, lowest, highest):
    return random.Random(f"{slug} {what}").uniform(lowest, highest)  # noqa: S311 (no secret depends on it)


def _patients(department, at):
    """Return over how many patients the wait at `at` was measured."""
    local = timezone.localtime(at, timezone.get_default_timezone())
    return max(2, round(BY_HOUR[local.hour] / 5) + _chance(department, at).randint(-2, 2))


def _chance(department, what):
    return random.Random(f"{department.slug} {what}")  # noqa: S311 (no secret depends on it)


def _full_hours(since, until):
    return [since + hour * HOUR for hour in range((until - since) // HOUR)]
