"""A colon that promises something which does not come."""

from django.utils.translation import gettext as _

from .finding import Finding, Level, shortened

COLONS = (":", "：")


def check_colons(manuscript):
    """Find paragraphs that end in a colon with nothing, or only another heading, after them."""
    for passage in manuscript.passages:
        if passage.title or not passage.elements:
            continue
        followers = [*passage.elements[1:], None]
        for element, follower in zip(passage.elements, followers, strict=True):
            if element.heading_level or not element.text.endswith(COLONS):
                continue
            if follower is None:
                empty = not (passage.rich and goes_on(manuscript, passage))
            else:
                empty = follower.heading_level is not None or not follower.text
            if empty:
                words = shortened(element.text[-160:])
                message = _("Nothing follows the colon: “%(words)s”") % {"words": words}
                yield Finding(Level.WARNING, "colon-without-end", message, passage.part, passage.field, element.text)


def goes_on(manuscript, passage):
    """Return whether the page goes on below `passage` with something that has no heading of its own."""
    parts = manuscript.parts
    here = next(number for number, part in enumerate(parts) if part is passage.part)
    if here == 0 or here + 1 == len(parts):  # a text of the thing itself is not followed by its parts alone
        return False
    following = parts[here + 1]
    headed = any(other.part is following and other.title and other.text for other in manuscript.passages)
    return not headed
