"""Which checks there are, and what they find in one thing."""

from operator import attrgetter

from ..instant import now
from . import colons, dates, headings, link_text, links, pictures, reading_grade, titles
from .manuscript import position_of, read

_checks = [
    (check, None)
    for check in (
        titles.check_titles,
        dates.check_take_down,
        dates.check_dated_words,
        pictures.check_alternative_text,
        pictures.check_consent,
        headings.check_heading_jumps,
        headings.check_empty_headings,
        colons.check_colons,
        link_text.check_link_text,
        links.check_tracked_links,
        links.check_addresses,
        links.check_broken_links,
        reading_grade.check_reading_grade,
    )
]


def register_check(check, models=None):
    """Have `check` look at every thing that is about to be published, or only at those of `models`.

    It is called with a Manuscript and returns its Findings, an iterable. A feature registers it in
    its AppConfig.ready.
    """
    _checks.append((check, None if models is None else tuple(models)))


def findings(thing, at=None):
    """Return what the checks find in `thing` and its parts, a list of Finding in the order of the page.

    The rows are read as they are in the database now. `at` (aware datetime, default: now) is when the
    thing is to go live. What stands twice in one field is told once.
    """
    manuscript = read(thing, at or now())
    position = position_of(manuscript)
    found = {
        finding.key: finding
        for check, models in _checks
        if models is None or isinstance(thing, models)
        for finding in check(manuscript)
    }
    by_level = attrgetter("level")  # "error" stands before "warning" in the alphabet too
    return sorted(found.values(), key=lambda one: (*position(one.part, one.field), by_level(one)))
