"""A page as its template needs it: the blocks in order, with what the features put into them.

Blocks of some kinds stand side by side where they follow one another; a Group is one such row, or a
single block of any other kind.
"""

from dataclasses import dataclass, field
from itertools import groupby

from ertimes.waits import current_waits
from events.models import Event, EventDate
from events.shown import shown_dates
from news.shelves import Shelf
from publishing import instant
from publishing.models import Publishable

from .models import Block

SIDE_BY_SIDE = {Block.Kind.FIGURE, Block.Kind.VIDEO, Block.Kind.DOCUMENT, Block.Kind.CARE_OPTION, Block.Kind.STORY}

# Under which name a block has the one thing that it shows; it is None where an old version came back without it.
SHOWN_AS = {
    Block.Kind.PICTURE: "image",
    Block.Kind.VIDEO: "video",
    Block.Kind.DOCUMENT: "document",
    Block.Kind.PROMOTION: "promotion",
}


@dataclass(frozen=True)
class Group:
    """`kind` is a Block.Kind; `blocks` has one or several of it; `content` is what a feature put in.

    `content` by kind: NEWS a list of Article, EVENTS a list of ShownDate, SECTION the list of Wait for
    the three sections about emergency rooms; None for all others.
    """

    kind: str
    blocks: list
    content: object = None

    @property
    def block(self):
        """Return the first block, which is the only one in most groups."""
        return self.blocks[0]


@dataclass
class Composition:
    """`groups` in the order of the page; `waits` is None unless the page shows ER waits."""

    groups: list = field(default_factory=list)
    waits: list | None = None


ABOUT_EMERGENCY_ROOMS = {Block.Section.ER_WAITS, Block.Section.ON_MY_WAY, Block.Section.EMERGENCY_ROOMS}


def compose(page, at=None):
    """Return the Composition of `page` at `at` (default: now). A block whose content is not live is left out."""
    at = at or instant.now()
    blocks = [block for block in _blocks_of(page) if _is_live(block, at)]
    for block in blocks:
        if block.kind == Block.Kind.STORY and block.video and not block.video.is_published_at(at):
            block.video = None  # the story is told all the same
    composition = Composition()
    if any(block.section in ABOUT_EMERGENCY_ROOMS for block in blocks if block.kind == Block.Kind.SECTION):
        composition.waits = current_waits(at)
    for kind, run in groupby(blocks, lambda block: block.kind):
        run = list(run)
        rows = [run] if kind in SIDE_BY_SIDE else [[block] for block in run]
        for row in rows:
            group = Group(kind, row, _content(row[0], composition, at))
            if kind in (Block.Kind.NEWS, Block.Kind.EVENTS) and not group.content:
                continue
            composition.groups.append(group)
    return composition


def _blocks_of(page):
    related = ("topic", "image", "video__poster", "document", "promotion__image")
    return Block.objects.filter(parent=page).select_related(*related).order_by("ordering", "pk")


def _is_live(block, at):
    """Return whether what the block shows is there and public."""
    if block.kind not in SHOWN_AS:
        return True
    thing = getattr(block, SHOWN_AS[block.kind])
    return thing is not None and (not isinstance(thing, Publishable) or thing.is_published_at(at))


def _content(block, composition, at):
    if block.kind == Block.Kind.NEWS:
        return Shelf(topic=block.topic).newest(block.count, at)
    if block.kind == Block.Kind.EVENTS:
        dates = EventDate.objects.next_of_each(Event.objects.published(at), at).with_next_that_takes_place(at)
        return shown_dates(dates.with_event()[: block.count], at)
    if block.kind == Block.Kind.SECTION and block.section in ABOUT_EMERGENCY_ROOMS:
        return composition.waits
    return None
