from datetime import time

from directory.models import Location, Service
from news.models import BLOCK_TYPES, Article, Topic
from publishing.local_time import localize
from publishing.models import Video

from .files import read
from .pictures import picture
from .storing import Tally, store

TYPES = {block_type.KIND.value: block_type for block_type in BLOCK_TYPES}
PUBLISHED_AT = time(9)  # the sources give the day only


def load_topics(now):
    specs = read("news")["topics"]
    new = 0
    for spec in specs:
        _, is_new = store(Topic, {"slug": spec.pop("slug")}, **spec)
        new += is_new
    return Tally("topics", len(specs), new)


def load_articles(now):
    specs = read("news")["posts"]
    new = 0
    for spec in reversed(specs):
        article, is_new = store(
            Article,
            {"slug": spec["slug"]},
            headline=spec["headline"],
            summary=spec["summary"],
            body=spec["body"].strip(),
            byline=spec.get("byline", ""),
            byline_title=spec.get("byline_title", ""),
            image=picture(spec.get("image")),
            caption=spec.get("caption", ""),
            source=spec.get("source", ""),
            published_at=localize(spec["date"], PUBLISHED_AT),
            demonstration=spec.get("demonstration", False),
        )
        new += is_new
        if is_new:
            article.topics.set(Topic.objects.filter(slug__in=spec["topics"]))
            article.locations.set(Location.objects.filter(slug__in=spec.get("locations", ())))
            for place, block in enumerate(spec.get("blocks", ()), start=1):
                _store_block(article, place * 10, block)
    return Tally("news posts", len(specs), new)


def _store_block(article, ordering, spec):
    """Store one block. The file names a film by its title, a service and a location by their slugs."""
    values = {**spec, "text": spec.get("text", "").strip(), "image": picture(spec.get("image"))}
    for name, model, key in (("video", Video, "title"), ("service", Service, "slug"), ("location", Location, "slug")):
        if name in spec:
            values[name] = model.objects.get(**{key: spec[name]})
    block = TYPES[values.pop("kind")](parent=article, region="main", ordering=ordering, **values)
    block.full_clean()
    block.save()
