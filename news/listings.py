"""Keeps the lists by topic and by place in step with the posts; see models/listing.py."""

from functools import partial

from django.db import transaction
from django.db.models.signals import m2m_changed, post_save

from .models import Article, LocationListing, TopicListing

_LISTINGS = {"topics": (TopicListing, "topic"), "locations": (LocationListing, "location")}


def follow_posts():
    """Connect the signals; once, when the site starts."""
    post_save.connect(_saved, sender=Article, dispatch_uid="news.listings")
    for relation in _LISTINGS:
        through = Article._meta.get_field(relation).remote_field.through
        uid = f"news.listings.{relation}"
        m2m_changed.connect(partial(_related, relation), sender=through, weak=False, dispatch_uid=uid)


@transaction.atomic
def rewrite(articles=None):
    """Write the listings of the posts with the keys `articles` anew, of all posts where it is None.

    For what went past the signals: posts that were made in bulk.
    """
    for relation in _LISTINGS:
        _rewrite(relation, articles)


def _rewrite(relation, articles):
    listing, name = _LISTINGS[relation]
    chosen = Article._meta.get_field(relation).remote_field.through.objects.all()
    old = listing.objects.all()
    if articles is not None:
        chosen, old = chosen.filter(article__in=articles), old.filter(article__in=articles)
    old.delete()
    rows = chosen.values_list("article_id", f"{name}_id", "article__published_at")
    listing.objects.bulk_create(
        (listing(article_id=article, published_at=at, **{f"{name}_id": key}) for article, key, at in rows),
        batch_size=500,
    )


def _saved(instance, created, **kwargs):
    if created:
        return
    for listing, _name in _LISTINGS.values():
        moved = listing.objects.filter(article=instance).exclude(published_at=instance.published_at)
        moved.update(published_at=instance.published_at)


def _related(relation, instance, action, reverse, pk_set, **kwargs):
    if not action.startswith("post_"):
        return
    if not reverse:
        _rewrite(relation, [instance.pk])
    elif pk_set is not None:
        _rewrite(relation, list(pk_set))
    else:  # all posts of one topic or place were taken out
        listing, name = _LISTINGS[relation]
        listing.objects.filter(**{name: instance}).delete()
