"""The posts around one: what is related to it, and what was published just before and after, all in one query."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import IntegerField, Q, Value

from .candidates import COLUMNS, newest_of_each
from .models import Article

RELATED = 3
LOOKED_AT = 40  # of each topic, the newest: what is older is not related to today's
_RELATED, _NEWER, _OLDER = range(3)


@dataclass
class Around:
    """`related` are Articles, the closest first; `newer` and `older` the next ones in time, None at the ends.

    Each has its headline, slug, language and `published_at` alone.
    """

    related: list = field(default_factory=list)
    newer: Article | None = None
    older: Article | None = None


def around(article, topics, at):
    """Return the Around of `article`, which has `topics`, as the public sees it at `at` (aware datetime).

    Related are posts with the most topics in common, of these the newest; for a post without a topic the newest of
    all. A draft has no place in time, and so nothing before or after it.
    """
    live = Article.objects.published(at).exclude(pk=article.pk)
    queries = newest_of_each(topics, LOOKED_AT, at, number=_RELATED) or [_rows(live.newest_first()[:RELATED], _RELATED)]
    if article.published_at is not None:
        then, key = article.published_at, article.pk
        newer = live.filter(published_at__gte=then).filter(Q(published_at__gt=then) | Q(pk__gt=key))
        older = live.filter(published_at__lte=then).filter(Q(published_at__lt=then) | Q(pk__lt=key))
        queries.append(_rows(newer.order_by("published_at", "pk")[:1], _NEWER))
        queries.append(_rows(older.newest_first()[:1], _OLDER))
    rows = list(queries[0].union(*queries[1:], all=True))
    found = Around(related=_closest([row[1:] for row in rows if row[0] == _RELATED and row[1] != article.pk]))
    for number, *told in rows:
        if number == _NEWER:
            found.newer = _post(told)
        elif number == _OLDER:
            found.older = _post(told)
    return found


def _closest(rows):
    shared = Counter(row[0] for row in rows)
    posts = sorted(set(rows), key=lambda row: (shared[row[0]], row[-1], row[0]), reverse=True)
    return [_post(row) for row in posts[:RELATED]]


def _rows(articles, number):
    found = Article.objects.filter(pk__in=articles.values("pk")).order_by()
    return found.annotate(number=Value(number, IntegerField())).values_list(*COLUMNS)


def _post(row):
    pk, headline, slug, language, published_at = row
    return Article(pk=pk, headline=headline, slug=slug, language=language, published_at=published_at)
