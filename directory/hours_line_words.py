"""What a page says of an HoursLine: the hours of its days, days with equal ones together."""

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from .hours_line import grouped, runs
from .opening_words import intervals_told


def week_of_line_told(line):
    """Return [(days, hours)] of an HoursLine: "Monday to Friday" and ["8 AM to 4:30 PM"]; [] where it has no days."""
    return [
        (_days_told(first, last), intervals_told(intervals))
        for days, intervals in grouped(line.weekly)
        for first, last in runs(days)
    ]


def _days_told(first, last):
    if (first, last) == (0, 6):
        return _("Every day")
    if first == last:
        return str(WEEKDAYS[first])
    return _("%(first)s to %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}
