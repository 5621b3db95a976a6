"""The newest posts of each of some topics: what may be related, however many posts there are."""

from django.db.models import F, IntegerField, Value

from .models import TopicListing

COLUMNS = ("number", "pk", "headline", "slug", "language", "published_at")
MOST_TOPICS = 8  # that are looked at; of a post with more those named first


def newest_of_each(topics, count, at, *, number=0):
    """Return querysets of the newest `count` posts of each of `topics` that the public may read at `at`.

    They are to be joined by `union`, as rows of `COLUMNS`; `number` tells them from the rows of others. A post that
    has several of the topics is in several rows.
    """
    return [_rows(_newest(topic, count, at), at, number) for topic in list(topics)[:MOST_TOPICS]]


def _newest(topic, count, at):
    # What is not published yet would fill the first places: PostgreSQL puts drafts before all others.
    return TopicListing.objects.filter(topic=topic, published_at__lte=at).newest_first().values("pk")[:count]


def _rows(newest, at, number):
    found = TopicListing.objects.filter(pk__in=newest).published(at).annotate(number=Value(number, IntegerField()))
    told = found.annotate(headline=F("article__headline"), slug=F("article__slug"), language=F("article__language"))
    return told.values_list("number", "article_id", "headline", "slug", "language", "article__published_at")
