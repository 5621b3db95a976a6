from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from tests.factories import LIVE_SINCE, create_article, create_topic

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(client):
    response = client.get("/news/feed/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314  we made it


def texts(element, name):
    return [child.text for child in element.iter(ATOM + name)]


def test_the_feed_of_a_new_site_is_valid(client):
    feed = feed_of(client)

    assert [feed.find(ATOM + name).text for name in ("id", "title")] == [
        "http://testserver/news/",
        "News from Backus Hospital",
    ]
    assert datetime.fromisoformat(feed.find(ATOM + "updated").text).tzinfo is not None
    assert texts(feed, "entry") == []


def test_an_entry_tells_what_a_reader_needs(client):
    topic = create_topic(name="Food")
    article = create_article(
        headline="“Café” & <more>",
        slug="cafe",
        summary="In short.",
        byline="Dr. A",
        published_at=datetime(2021, 6, 4, 16, tzinfo=UTC),
        topics=[topic],
    )

    [entry] = feed_of(client).iter(ATOM + "entry")

    assert {name: entry.find(ATOM + name).text for name in ("id", "title", "summary", "published", "updated")} == {
        "id": "http://testserver/news/cafe/",
        "title": "“Café” & <more>",
        "summary": "In short.",
        "published": "2021-06-04T16:00:00+00:00",
        "updated": article.changed_at.isoformat(),
    }
    assert entry.find(ATOM + "link").get("href") == "http://testserver/news/cafe/"
    assert texts(entry, "name") == ["Dr. A"]
    assert entry.find(ATOM + "category").get("term") == "Food"


def test_a_post_without_byline_is_by_the_hospital(client):
    create_article()

    [entry] = feed_of(client).iter(ATOM + "entry")

    assert texts(entry, "name") == ["Backus Hospital"]


def test_the_feed_has_the_twenty_newest_published_posts(client, django_assert_num_queries):
    articles = [create_article(published_at=LIVE_SINCE + timedelta(days=day)) for day in range(22)]
    create_article(published_at=None)

    with django_assert_num_queries(2):
        feed = feed_of(client)

    headlines = [entry.find(ATOM + "title").text for entry in feed.iter(ATOM + "entry")]
    assert headlines == [article.headline for article in reversed(articles[2:])]
    ids = texts(feed, "id")
    assert len(set(ids)) == len(ids)
