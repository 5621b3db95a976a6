"""Headings that skip a level, and headings with nothing under them."""

from itertools import groupby

from django.utils.translation import gettext as _

from .colons import goes_on
from .finding import Finding, Level, shortened


def check_heading_jumps(manuscript):
    """Find headings more than one level below the one before them.

    The title of the page is level 1, the heading of a part level 2 (or its `heading_level`). Where a
    thing has several rich texts, the page puts a heading of its own above all but the first.
    """
    level = 1
    for part, passages in groupby(manuscript.passages, key=lambda passage: passage.part):
        first = True
        for passage in passages:
            if passage.title and passage.text and part is not manuscript.thing:
                level = getattr(part, "heading_level", 2)
            if not passage.rich or not passage.elements:
                continue
            if part is manuscript.thing and not first:
                level = 2
            first = False
            for element in passage.elements:
                if element.heading_level is None:
                    continue
                if element.heading_level > level + 1:
                    message = _(
                        "The heading “%(words)s” is of level %(level)d, but a heading of level %(missing)d "
                        "is missing above it."
                    ) % {"words": shortened(element.text), "level": element.heading_level, "missing": level + 1}
                    yield Finding(Level.WARNING, "heading-jump", message, part, passage.field, element.text)
                level = element.heading_level


def check_empty_headings(manuscript):
    """Find headings in texts that have no words, or nothing under them before the next one or the end."""
    for passage in manuscript.passages:
        for number, element in enumerate(passage.elements):
            if element.heading_level is None:
                continue
            if not any(char.isalnum() for char in element.text):
                message = _("There is a heading without words in the text: write it or take it out.")
                yield Finding(
                    Level.WARNING, "heading-without-words", message, passage.part, passage.field, element.text
                )
                continue
            following = passage.elements[number + 1] if number + 1 < len(passage.elements) else None
            if following is None:
                empty = not goes_on(manuscript, passage)
            else:
                empty = following.heading_level is not None and following.heading_level <= element.heading_level
            if empty:
                message = _("There is nothing under the heading “%(words)s”.") % {"words": shortened(element.text)}
                yield Finding(Level.WARNING, "empty-heading", message, passage.part, passage.field, element.text)
