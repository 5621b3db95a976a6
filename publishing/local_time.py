"""From the clock on the hospital's wall to an instant, and back."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format


class SkippedTimeError(ValueError):
    """The wall clock never shows this time: it lies in the hour that is skipped in March."""


def localize(day, at):
    """Return the aware datetime at which the hospital's clocks show `at` (time) on `day` (date).

    Of a time that comes twice (in November) it is the first. Raises SkippedTimeError for one that is skipped.
    """
    local = datetime.combine(day, at, tzinfo=timezone.get_default_timezone())
    if local.astimezone(UTC).astimezone(local.tzinfo).replace(fold=0) != local:
        raise SkippedTimeError(f"{day} {at} does not exist in {local.tzinfo}")
    return local


def clocks_reach(day, at):
    """Return the aware datetime at which the hospital's clocks show `at` (time) on `day` (date), or first a later time.

    A door that closes at 2:30 is closed when the clocks jump from 2 to 3. Of a time that comes twice it is the first.
    """
    try:
        return localize(day, at)
    except SkippedTimeError:
        later = datetime.combine(day, at.replace(second=0, microsecond=0)) + timedelta(minutes=1)
        return clocks_reach(later.date(), later.time())


def local_midnight(day):
    """Return the aware datetime at which `day` begins at the hospital."""
    return localize(day, time())


def day_after(day):
    """Return the next date."""
    return day + timedelta(days=1)


def day_and_time(at):
    """Return the instant `at` as staff are told it: day and time at the hospital, with the zone's name."""
    local = timezone.localtime(at)
    # Django's own "T" is empty in the hour that comes twice, the only one that needs it.
    return f"{date_format(local, 'D, M j, g:i A')} {local:%Z}"
