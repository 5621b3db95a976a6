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

    `span` is (begin, end), aware datetimes, the end exclusive.
    """

    topic: Topic | None = None
    location: Location | None = None
    kind: str = ""
    span: tuple | None = None

    def newest(self, count, at=None):
        """Return the newest `count` posts that the public may read at `at` (default: now), with their pictures."""
        rows = self._shown(self._rows.newest_first(), at or instant.now())
        return [self._post(row) for row in self._with_pictures(rows)[:count]]

    def versions(self, count, at):
        """Return of the newest `count` posts which they are and when they changed: (pk, changed_at, published_at)."""
        columns = (self._key, f"{self._prefix}changed_at", f"{self._prefix}published_at")
        return list(self._shown(self._rows.newest_first(), at).values_list(*columns)[:count])

    def page(self, request, per_page, at=None):
        """Return the KeysetPage of posts that the address asks for. Raises Http404, see keyset_page."""
        at = at or instant.now()

        def shown(rows):
            return self._with_pictures(self._shown(rows, at))

        page = keyset_page(request, self._rows, per_page, key=self._key, then=shown)
        return replace(page, rows=[self._post(row) for row in page.rows])

    @property
    def _of_all(self):
        return self.topic is None and self.location is None

    @property
    def _key(self):
        return "pk" if self._of_all else "article_id"

    @property
    def _prefix(self):
        return "" if self._of_all else "article__"

    @property
    def _rows(self):
        """Return the queryset of posts, or of their places in the list of a topic or facility."""
        if self.topic is not None:
            return TopicListing.objects.filter(topic=self.topic)
        if self.location is not None:
            return LocationListing.objects.filter(location=self.location)
        return Article.objects.all()

    def _shown(self, rows, at):
        """Return of `rows` those that stand here and that the public may read at `at`."""
        if self.topic is not None and self.location is not None:
            there = LocationListing.objects.filter(article=OuterRef("article_id"), location=self.location)
            rows = rows.filter(Exists(there))
        if self.kind:
            rows = rows.filter(**{f"{self._prefix}kind": self.kind})
        if self.span is not None:
            begin, end = self.span
            rows = rows.filter(published_at__gte=begin, published_at__lt=end)
        return rows.published(at)

    def _with_pictures(self, rows):
        return rows.select_related(f"{self._prefix}image")

    @staticmethod
    def _post(row):
        return row if isinstance(row, Article) else row.article


MOST_FEATURED = 50  # nobody features more at once; these are read through the index of their last days


def featured(count, at):
    """Return the `count` newest of the posts that stand first in the news at `at`, an aware datetime."""
    posts = Article.objects.published(at).filter(featured_until__gt=at).select_related("image")
    newest_first = sorted(posts.order_by("-featured_until")[:MOST_FEATURED], key=_in_time, reverse=True)
    return newest_first[:count]


def _in_time(post):
    return post.published_at, post.pk
