from datetime import UTC, datetime

import pytest

from news.listings import rewrite
from news.models import Article
from news.related import posts_about
from tests.factories import create_article, create_service, create_topic

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 15, tzinfo=UTC)


def test_a_service_has_the_newest_posts_of_its_topics():
    service = create_service()
    heart, food = create_topic(name="Heart"), create_topic(name="Food")
    for topic in (heart, food):
        topic.services.add(service)
    for day in range(1, 5):
        create_article(
            headline=f"Day {day}",
            slug=f"d{day}",
            topics=[heart, food],
            published_at=datetime(2026, 6, day, 12, tzinfo=UTC),
        )
    create_article(headline="Other", topics=[create_topic(name="Other")], published_at=AT)
    create_article(headline="Draft", topics=[heart], published_at=None)

    links = posts_about(service, AT)

    assert [(link.text, link.address, link.note) for link in links.links] == [
        ("Day 4", "/news/d4/", "June 4, 2026"),
        ("Day 3", "/news/d3/", "June 3, 2026"),
        ("Day 2", "/news/d2/", "June 2, 2026"),
    ]


@pytest.mark.parametrize("published_at", [None, datetime(2026, 11, 23, 15, 1, tzinfo=UTC)])
def test_many_posts_that_are_to_come_push_out_none_that_is_published(published_at):
    service, topic = create_service(), create_topic()
    topic.services.add(service)
    create_article(headline="A new heart room", topics=[topic], published_at=datetime(2026, 6, 1, tzinfo=UTC))
    numbers = range(50)
    posts = Article.objects.bulk_create(
        Article(headline=f"{each}", slug=f"post-{each}", published_at=published_at) for each in numbers
    )
    topic.articles.add(*posts)
    rewrite()

    assert [link.text for link in posts_about(service, AT).links] == ["A new heart room"]


def test_the_page_of_a_service_leads_to_its_news(client):
    service = create_service()
    topic = create_topic(name="Heart")
    topic.services.add(service)
    create_article(headline="A new heart room", slug="heart-room", topics=[topic])

    assert 'href="/news/heart-room/">A new heart room</a>' in client.get(service.get_absolute_url()).content.decode()
