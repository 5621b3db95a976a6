from datetime import UTC, datetime, timedelta

import pytest

from news.around import LOOKED_AT, around
from news.candidates import MOST_TOPICS
from tests.factories import LIVE_SINCE, create_article, create_topic

pytestmark = pytest.mark.django_db

NOW = datetime(2021, 6, 4, 12, tzinfo=UTC)


def around_of(article):
    return around(article, list(article.topics.all()), NOW)


def test_related_are_posts_with_the_most_topics_in_common_then_the_newest():
    food, hearts, sleep = create_topic(), create_topic(), create_topic()
    article = create_article(topics=[food, hearts])
    two = create_article(topics=[food, hearts, sleep])
    create_article(topics=[food], published_at=LIVE_SINCE - timedelta(days=1))
    one, newer = create_article(topics=[hearts]), create_article(topics=[food])
    create_article(topics=[sleep])

    assert around_of(article).related == [two, newer, one]


def test_what_nobody_may_read_is_not_around():
    topic = create_topic()
    article = create_article(topics=[topic], published_at=LIVE_SINCE)
    create_article(topics=[topic], published_at=None)
    create_article(topics=[topic], published_at=NOW + timedelta(seconds=1))
    create_article(topics=[topic], expires_at=NOW)

    found = around_of(article)

    assert (found.related, found.newer, found.older) == ([], None, None)


def test_posts_of_one_instant_follow_one_another():
    posts = [create_article() for _ in range(3)]

    found = [around_of(post) for post in posts]

    assert [each.older for each in found] == [None, posts[0], posts[1]]
    assert [each.newer for each in found] == [posts[1], posts[2], None]


def test_a_post_without_a_topic_is_related_to_the_newest():
    article = create_article()
    others = [create_article() for _ in range(4)]

    assert around_of(article).related == others[:0:-1]


def test_a_draft_has_no_place_in_time():
    post = create_article()

    found = around_of(create_article(published_at=None))

    assert (found.related, found.newer, found.older) == ([post], None, None)


@pytest.mark.parametrize("topics", [0, 1, MOST_TOPICS + 2])
def test_all_around_a_post_is_one_query(django_assert_num_queries, topics):
    named = [create_topic() for _ in range(topics)]
    article = create_article(topics=named)
    others = [create_article(topics=named) for _ in range(5)]

    with django_assert_num_queries(1):
        found = around(article, named, NOW)

    assert (found.related, found.newer, found.older) == (others[:1:-1], others[0], None)


def test_only_the_newest_of_a_topic_are_looked_at():
    rare, common = create_topic(), create_topic()
    article = create_article(topics=[rare, common])
    old = create_article(topics=[rare, common], published_at=LIVE_SINCE - timedelta(days=1))
    for _ in range(LOOKED_AT):
        create_article(topics=[common])

    assert around_of(article).related[0].topics.get() == common
    assert old not in around_of(article).related
