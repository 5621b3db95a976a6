from datetime import time

from news.models import Article, Topic
from publishing.local_time import localize

from .files import read
from .pictures import picture
from .storing import Tally, store

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
            published_at=localize(spec["date"], PUBLISHED_AT),
        )
        new += is_new
        if is_new:
            article.topics.set(Topic.objects.filter(slug__in=spec["topics"]))
    return Tally("news posts", len(specs), new)
