"""What may be wrong between the rows of one place's opening hours; each row alone is checked by its model."""

from collections import defaultdict
from itertools import combinations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publishing.checks import Finding, Level

from .models import LocationHours
from .opening import first_overlap


def first_trouble(rows):
    """Return (row, name of the field, sentence for the editor) for the first fault between `rows`, or None."""
    weekly = [row for row in rows if row.day is None]
    by_day = defaultdict(list)
    for row in rows:
        if row.day is not None:
            by_day[row.day].append(row)
    return _overlap(weekly, every=7) or next(
        (trouble for day, of_day in sorted(by_day.items()) if (trouble := _trouble_of_day(day, of_day))), None
    )


def _trouble_of_day(day, rows):
    words = {"day": date_format(day, "DATE_FORMAT")}
    for one, other in combinations(rows, 2):
        if one.name != other.name:
            sentence = _("%(day)s has two names, “%(one)s” and “%(other)s”. Give all its lines the same one.")
            return other, "name", sentence % {**words, "one": one.name, "other": other.name}
        if one.closed or other.closed:
            return other, "closed", _("%(day)s is closed and has another line too. Remove one of them.") % words
    return _overlap(rows)


def _overlap(rows, **cycle):
    placed = {}
    for row in rows:
        if not row.closed:
            place = (row.weekday if row.day is None else row.day.toordinal(), row.interval)
            if place in placed:
                return _told(row, placed[place], row)
            placed[place] = row
    found = first_overlap(placed, **cycle)
    return found and _told(placed[found[1]], *(placed[place] for place in found))


def _told(row, one, other):
    field = "all_day" if row.all_day else "opens"
    sentence = _("“%(one)s” and “%(other)s” overlap. Change or remove one of them.")
    return row, field, sentence % {"one": one, "other": other}


def check_hours(manuscript):
    """Find hours that do not fit together: two versions put together may have some of each."""
    trouble = first_trouble([part for part in manuscript.parts if isinstance(part, LocationHours)])
    if trouble:
        row, field, sentence = trouble
        yield Finding(Level.ERROR, "hours", sentence, row, field, sentence)
