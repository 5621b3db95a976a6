"""Full hours of UTC, by which waits are summed up and drawn."""

from datetime import UTC, timedelta

HOUR = timedelta(hours=1)


def full_hour(at):
    """Return the first instant of the hour of UTC in which `at` lies."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def full_hour_from(at):
    """Return the first full hour of UTC that is not before `at`."""
    hour = full_hour(at)
    return hour if hour == at else hour + HOUR
