"""Press releases under embargo: what a preview's link must not tell of them (see publishing/embargo.py)."""

from search.models import Entry

from .models import Article, LocationListing, TopicListing


def kept_back(at):
    """Return the posts under embargo at `at`, an aware datetime."""
    return Article.objects.embargoed(at)


def hide(at):
    """Make drafts of them, and let the search know nothing of what only becomes public after `at`.

    For a transaction that is rolled back. Of the entries all that are to come are hidden: a document may stand in
    such a post alone.
    """
    keys = list(kept_back(at).values_list("pk", flat=True))
    if keys:
        Article.objects.filter(pk__in=keys).update(published_at=None)
        for listing in (TopicListing, LocationListing):
            listing.objects.filter(article__in=keys).delete()
        Entry.objects.filter(shown_from__gt=at).update(shown_until=at)
