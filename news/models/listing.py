"""Where each post stands in the lists by topic and by place, so that a list is read from one index.

The rows follow the posts (news/listings.py). Who may read a post is asked of the post itself, never of these.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models import Location
from publishing.instant import now

from .article import Article
from .topic import Topic


class ListingQuerySet(models.QuerySet):
    def published(self, at=None):
        """Return the listings of what the public may read at `at` (default: now): PublishableQuerySet.published()."""
        at = at or now()
        # The listing's own instant says nothing new, but it alone lets an index begin behind all that is to come.
        begun = self.filter(published_at__lte=at, article__published_at__lte=at)
        listings = begun.exclude(article__expires_at__lte=at)
        return listings if settings.DEMONSTRATION else listings.filter(article__demonstration=False)

    def newest_first(self):
        """Return them in the order of ArticleQuerySet.newest_first()."""
        return self.order_by("-published_at", "-article_id")


class TopicListing(models.Model):
    """One post in the list of one topic; `published_at` is the post's own."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="topic_listings", db_index=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+", db_index=False)
    published_at = models.DateTimeField(null=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in the list of a topic")
        verbose_name_plural = _("places in lists of topics")
        indexes = [models.Index(fields=["topic", "-published_at", "-article"], name="news_of_a_topic")]
        constraints = [models.UniqueConstraint(fields=["article", "topic"], name="news_listed_once_by_topic")]

    def __str__(self):
        return f"{self.article_id} in {self.topic_id}"


class LocationListing(models.Model):
    """One post in the list of one facility; `published_at` is the post's own."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="location_listings", db_index=False)
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+", db_index=False)
    published_at = models.DateTimeField(null=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in the list of a facility")
        verbose_name_plural = _("places in lists of facilities")
        indexes = [models.Index(fields=["location", "-published_at", "-article"], name="news_of_a_location")]
        constraints = [models.UniqueConstraint(fields=["article", "location"], name="news_listed_once_by_place")]

    def __str__(self):
        return f"{self.article_id} in {self.location_id}"
