"""A title that cannot be read: empty, or only signs and pictures."""

from django.utils.translation import gettext as _

from .finding import Finding, Level, shortened
from .manuscript import TITLES


def check_titles(manuscript):
    """Find a title of the thing, or a heading of a part, without any letter or digit."""
    thing = manuscript.thing
    names = {passage.field for passage in manuscript.passages if passage.part is thing}
    title = next((name for name in TITLES if name in names), None)
    for passage in manuscript.passages:
        is_the_title = passage.part is thing and passage.field == title
        if any(char.isalnum() for char in passage.text) or not (is_the_title or (passage.title and passage.text)):
            continue
        if passage.text:
            message = _("“%(words)s” has no words: screen readers and lists have nothing to read out.") % {
                "words": shortened(passage.text)
            }
        else:
            message = _("It has no title: lists and search results would show an empty line.")
        yield Finding(Level.ERROR, "empty-title", message, passage.part, passage.field, passage.text)
