"""By which topics and facilities a reader can choose: those with a post that the public may read."""

from django.db.models import OuterRef, Subquery

from directory.models import Location

from .models import LocationListing, Topic, TopicListing


def topics_with_posts(at):
    """Return the Topics that have posts at `at`, an aware datetime."""
    newest = _newest(TopicListing.objects.filter(topic=OuterRef("pk")), at)
    return Topic.objects.alias(newest=newest).filter(newest__isnull=False)


def locations_with_posts(at):
    """Return the Locations that have posts at `at` and a page of their own."""
    newest = _newest(LocationListing.objects.filter(location=OuterRef("pk")), at)
    return Location.objects.published(at).alias(newest=newest).filter(newest__isnull=False)


def _newest(listings, at):
    # Not Exists: PostgreSQL turns that into a join over all posts, where the newest of each is one look at an index.
    return Subquery(listings.published(at).newest_first().values("published_at")[:1])
