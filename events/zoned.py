"""The clock of an event: most go by the hospital's, some by that of the place from which they are sent."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def validate_zone(name):
    """Raise ValidationError where there is no time zone called `name`."""
    if name not in available_timezones():
        raise ValidationError(
            _("There is no time zone “%(name)s”. An example is America/Chicago."), params={"name": name[:60]}
        )


def zone_called(name):
    """Return the time zone `name`; the hospital's for ""."""
    return ZoneInfo(name) if name else timezone.get_default_timezone()


def clock_told(name, at):
    """Return in words the clock of the zone `name` at the instant `at`: “CST, Chicago time”; "" for the hospital's."""
    if not name:
        return ""
    place = name.rpartition("/")[2].replace("_", " ")
    return _("%(short)s, %(place)s time") % {"short": f"{at.astimezone(ZoneInfo(name)):%Z}", "place": place}


def instant_at(day, at, zone, *, second=False):
    """Return the aware datetime (UTC) at which clocks in `zone` show `at` (time) on `day` (date).

    Of an hour that comes twice it is the first, or with `second` the second. An hour that is skipped is
    counted from before the clocks were set forward (RFC 5545, 3.3.5): 2:30 is then 3:30.
    """
    return datetime.combine(day, at, tzinfo=zone).replace(fold=int(second)).astimezone(UTC)


def is_skipped(day, at, zone):
    """Return whether clocks in `zone` never show `at` on `day`."""
    local = datetime.combine(day, at, tzinfo=zone)
    return local.astimezone(UTC).astimezone(zone).replace(fold=0, tzinfo=None) != local.replace(tzinfo=None)


def comes_twice(day, at, zone):
    """Return whether clocks in `zone` show `at` twice on `day`."""
    return not is_skipped(day, at, zone) and instant_at(day, at, zone) != instant_at(day, at, zone, second=True)


def span_of(first_day, final_day, start, end, zone, *, second=False):
    """Return (starts_at, ends_at), aware and the end exclusive, of what goes on from `first_day` to `final_day`.

    `start` None is the whole day or days. Without an `end` it is counted until its last day is over. `second`
    says of a start that comes twice which one is meant.
    """
    midnight = time()
    starts_at = instant_at(first_day, start or midnight, zone, second=second)
    if start is None or end is None:
        return starts_at, instant_at(final_day + timedelta(days=1), midnight, zone)
    ends_at = instant_at(final_day, end, zone)
    if ends_at <= starts_at:  # it ends in the hour that comes twice
        ends_at = instant_at(final_day, end, zone, second=True)
    return starts_at, ends_at
