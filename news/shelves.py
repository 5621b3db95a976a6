"""Which posts stand in a list, in the order in which it is read: each from one index, however many posts there are."""

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef

from directory.models import Location
from publishing import instant
from publishing.keyset import keyset_page

from .models import Article, LocationListing, Topic, TopicListing


@dataclass(frozen=True)
class Shelf:
    """The posts of a list: those of a topic, of a facility, of a kind (Article.Kind), of a span of time; or all.

    `span` is (begin, end), aware datetimes, the end exclusive. `without` are keys of posts that stand elsewhere.
    """

    topic: Topic | None = None
    location: Location | None = None
    kind: str = ""
    span: tuple | None = None
    without: tuple = ()

    def newest(self, count, at=None):
        """Return the newest `count` posts that the public may read at `at` (default: now), with their pictures."""
        rows, _key = self._rows(at or instant.now())
        return [self._post(row) for row in rows.newest_first()[:count]]

    def page(self, request, per_page, at=None):
        """Return the KeysetPage of posts that the address asks for. Raises Http404, see keyset_page."""
        rows, key = self._rows(at or instant.now())
        page = keyset_page(request, rows, per_page, key=key)
        return replace(page, rows=[self._post(row) for row in page.rows])

    def _rows(self, at):
        """Return (queryset, name of its key): of posts, or of their places in the list of a topic or facility."""
        if self.topic is not None:
            rows = TopicListing.objects.filter(topic=self.topic)
            if self.location is not None:
                there = LocationListing.objects.filter(article=OuterRef("article_id"), location=self.location)
                rows = rows.filter(Exists(there))
        elif self.location is not None:
            rows = LocationListing.objects.filter(location=self.location)
        else:
            return self._narrowed(Article.objects, "").published(at).select_related("image"), "pk"
        return self._narrowed(rows, "article__").published(at).select_related("article__image"), "article_id"

    def _narrowed(self, rows, prefix):
        if self.kind:
            rows = rows.filter(**{f"{prefix}kind": self.kind})
        if self.span is not None:
            begin, end = self.span
            rows = rows.filter(published_at__gte=begin, published_at__lt=end)
        if self.without:
            rows = rows.exclude(**{f"{prefix or ''}pk__in": self.without})
        return rows

    @staticmethod
    def _post(row):
        return row if isinstance(row, Article) else row.article
