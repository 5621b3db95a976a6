from datetime import UTC, datetime

import pytest

from news.listings import rewrite
from news.models import Article, LocationListing, TopicListing
from tests.factories import LIVE_SINCE, create_article, create_location, create_topic

pytestmark = pytest.mark.django_db

LATER = datetime(2021, 6, 4, tzinfo=UTC)


def by_topic():
    return list(TopicListing.objects.newest_first().values_list("article_id", "topic_id", "published_at"))


def test_a_post_is_listed_by_its_topics_and_facilities():
    topic, clinic = create_topic(), create_location()
    article = create_article(topics=[topic])
    article.locations.add(clinic)

    assert by_topic() == [(article.pk, topic.pk, LIVE_SINCE)]
    assert LocationListing.objects.get().location == clinic


def test_a_post_that_is_published_anew_moves_in_the_lists():
    topic = create_topic()
    article = create_article(topics=[topic], published_at=None)

    article.published_at = LATER
    article.save()

    assert by_topic() == [(article.pk, topic.pk, LATER)]


def test_a_topic_that_is_taken_from_a_post_lists_it_no_more():
    first, second = create_topic(), create_topic()
    article = create_article(topics=[first, second])

    article.topics.remove(first)

    assert by_topic() == [(article.pk, second.pk, LIVE_SINCE)]


def test_posts_given_to_a_topic_and_taken_from_it_by_its_own_side():
    topic, article, other = create_topic(), create_article(), create_article()

    topic.articles.set([article, other])
    assert [row[0] for row in by_topic()] == [other.pk, article.pk]

    topic.articles.clear()
    assert by_topic() == []


def test_posts_and_topics_take_their_listings_with_them():
    topic, gone = create_topic(), create_topic()
    article = create_article(topics=[topic, gone])
    create_article(topics=[topic]).delete()
    gone.delete()

    assert by_topic() == [(article.pk, topic.pk, LIVE_SINCE)]


def test_what_went_past_the_signals_is_written_anew():
    topic = create_topic()
    article = create_article(topics=[topic])
    Article.objects.update(published_at=LATER)

    rewrite()
    rewrite([article.pk])

    assert by_topic() == [(article.pk, topic.pk, LATER)]
