"""What may be wrong with the blocks of a page, besides what is checked in every text."""

from django.utils.translation import gettext as _

from publishing.checks import Finding, Level

from .models import Block

# The others bring content of their own below their heading.
HEADED_TEXTS = {Block.Kind.TEXT, Block.Kind.STORY, Block.Kind.CARE_OPTION}


def check_blocks(manuscript):
    """Find blocks with a heading and no words under it."""
    texts = {passage.part.pk: passage.text for passage in manuscript.passages if passage.field == "text"}
    for block in manuscript.parts[1:]:
        if block.kind in HEADED_TEXTS and block.heading and not any(map(str.isalnum, texts.get(block.pk, ""))):
            message = _("There is nothing under the heading “%(words)s”.") % {"words": block.heading}
            yield Finding(Level.WARNING, "empty-heading", message, block, "heading", block.heading)
