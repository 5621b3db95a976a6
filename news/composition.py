"""A post as its template needs it: the blocks in order, with what the directory and the search know of them now.

Blocks of some kinds stand side by side where they follow one another; a Group is one such row, or a single block of
any other kind. What is not public is left out: a film, a contact, a place to read on.
"""

from dataclasses import dataclass, field
from itertools import groupby

from directory.number_entries import WhomToCall, numbers_of
from publishing import instant
from publishing.models import Publishable

from .models import Block
from .reading_on import links_of

SIDE_BY_SIDE = {
    *(Block.Kind.GALLERY, Block.Kind.VIDEO, Block.Kind.DOCUMENT, Block.Kind.RELATED, Block.Kind.CONTACT),
}

# Under which name a block has the one thing that it shows; it is None where an old version came back without it.
SHOWN_AS = {
    Block.Kind.PICTURE: "image",
    Block.Kind.GALLERY: "image",
    Block.Kind.VIDEO: "video",
    Block.Kind.DOCUMENT: "document",
    Block.Kind.CONTACT: "contact",
}


@dataclass(frozen=True)
class Group:
    """`kind` is a Block.Kind; `blocks` has one or several of it.

    `content` is what stands there in their place: of RELATED a list of reading_on.Link, of CONTACT of WhomToCall;
    None for all others.
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
    """`groups` in the order of the post; `blocks` are all that it has; `press` is whom journalists call, or None."""

    groups: list = field(default_factory=list)
    blocks: list = field(default_factory=list)
    press: WhomToCall | None = None

    @property
    def open_lines(self):
        """Return the OpenLines that are shown: they say until when they are true."""
        called = [each for group in self.groups if group.kind == Block.Kind.CONTACT for each in group.content]
        return [line for each in [*called, *([self.press] if self.press else [])] for line in each.open_lines]


def compose(article, at=None):
    """Return the Composition of `article` at `at` (default: now).

    The blocks are one query, whatever kinds there are; the numbers of all contacts are one more, and one where any
    says what is on holidays; the addresses to read on at are one more.
    """
    at = at or instant.now()
    blocks = _blocks_of(article)
    shown = [block for block in blocks if _is_live(block, at)]
    media = article.media_contact if article.kind == article.Kind.PRESS_RELEASE else None
    media = media if media and media.is_published_at(at) else None
    contacts = {each.pk: each for each in [media, *(block.contact for block in shown)] if each}
    called = numbers_of(list(contacts.values()), at) if contacts else {}
    links = links_of([block for block in shown if block.kind == Block.Kind.RELATED], at)
    composition = Composition(blocks=blocks, press=called[media.pk] if media else None)
    for kind, run in groupby(shown, lambda block: block.kind):
        run = list(run)
        for row in [run] if kind in SIDE_BY_SIDE else [[block] for block in run]:
            content = _content(kind, row, called, links)
            if content != []:
                composition.groups.append(Group(kind, row, content))
    return composition


def _blocks_of(article):
    related = ("image", "video__poster", "document", "service", "location", "person", "contact")
    return list(Block.objects.filter(parent=article).select_related(*related).order_by("ordering", "pk"))


def _is_live(block, at):
    """Return whether what the block shows is there and public; of a block to read on, its links tell."""
    if block.kind not in SHOWN_AS:
        return True
    thing = getattr(block, SHOWN_AS[block.kind])
    return thing is not None and (not isinstance(thing, Publishable) or thing.is_published_at(at))


def _content(kind, row, called, links):
    if kind == Block.Kind.RELATED:
        return [links[block.pk] for block in row if block.pk in links]
    if kind == Block.Kind.CONTACT:
        return [called[key] for key in dict.fromkeys(block.contact_id for block in row)]
    return None
