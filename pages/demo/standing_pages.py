from news.models import Topic
from pages.models import BLOCK_TYPES, Page, Promotion
from publishing.models import Video

from .files import read
from .pictures import picture
from .storing import Tally, store

TYPES = {block_type.KIND.value: block_type for block_type in BLOCK_TYPES}


def load_pages(now):
    """Store the home page, the community page and the pages that are one text, each with its blocks."""
    home = {**read("home"), "path": ""}
    community = {**read("community"), "path": "community"}
    texts = [_as_blocks(spec) for spec in read("pages")["pages"]]
    specs = [home, community, *texts]
    new = sum(_store(spec, now) for spec in specs)
    return Tally("pages", len(specs), new)


def _as_blocks(spec):
    """Return the spec of a page that is one text as the spec of a page of one block."""
    text = {"kind": "text", "text": spec.pop("body")}
    return {**spec, "blocks": [text]}


def _store(spec, now):
    values = {**spec, "image": picture(spec.get("image"))}
    blocks = values.pop("blocks")
    page, is_new = store(Page, {"path": values.pop("path"), "language": "en"}, published_at=now, **values)
    if is_new:
        for place, block in enumerate(blocks, start=1):
            _store_block(page, place * 10, block)
    return is_new


def _store_block(page, ordering, spec):
    """Store one block. The file names what it shows by its title, a topic by its slug."""
    values = {**spec, "text": spec.get("text", "").strip(), "image": picture(spec.get("image"))}
    if "video" in spec:
        values["video"] = Video.objects.get(title=spec["video"])
    if "promotion" in spec:
        values["promotion"] = Promotion.objects.get(title=spec["promotion"])
    if "topic" in spec:
        values["topic"] = Topic.objects.get(slug=spec["topic"])
    block = TYPES[values.pop("kind")](parent=page, region="main", ordering=ordering, **values)
    block.full_clean()
    block.save()
