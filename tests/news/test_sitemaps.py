from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from lxml import etree

from news.sitemaps import ArticleSitemap
from tests.factories import LIVE_SINCE, create_article

pytestmark = pytest.mark.django_db

NOW = datetime(2021, 6, 4, 12, tzinfo=UTC)
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def texts(response, path):
    return [element.text for element in etree.fromstring(response.content).iterfind(path, NAMES)]


def test_posts_stand_in_parts_of_the_sitemap(client, monkeypatch, settings):
    posts = [create_article() for _ in range(3)]
    create_article(published_at=None)
    monkeypatch.setattr(ArticleSitemap, "limit", posts[1].pk)  # the second post begins the second part

    index = texts(client.get("/sitemap.xml"), ".//s:loc")
    parts = [address.replace("http://testserver", "") for address in index if "-news." in address]
    found = [texts(client.get(part), ".//s:loc") for part in parts]

    assert parts == ["/sitemap-news.xml", *(f"/sitemap-news.xml?p={number}" for number in range(2, len(parts) + 1))]
    assert [address for part in found for address in part] == [
        f"http://testserver{post.get_absolute_url()}" for post in posts
    ]


@pytest.mark.parametrize("address", ["/sitemap-news.xml?p=99", "/sitemap-news.xml?p=x", "/sitemap-no-such.xml"])
def test_a_part_that_is_none_is_not_found(client, address):
    create_article()

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("posts", [1, 30])
def test_a_part_asks_few_queries(client, django_assert_num_queries, posts):
    for _ in range(posts):
        create_article()

    with django_assert_num_queries(2):  # the last key, the posts
        client.get("/sitemap-news.xml")


def test_news_searches_learn_what_was_published_in_two_days(client, settings, django_assert_num_queries):
    settings.SITE_URL = "https://www.example.org"
    create_article(
        headline="Café & <more>", slug="new", language="es", published_at=NOW - timedelta(days=2, seconds=-1)
    )
    create_article(published_at=NOW - timedelta(days=2))
    create_article(published_at=NOW + timedelta(seconds=1))
    create_article(published_at=LIVE_SINCE)

    with time_machine.travel(NOW, tick=False), django_assert_num_queries(1):
        response = client.get("/news/sitemap.xml")

    assert response["Content-Type"] == "application/xml; charset=utf-8"
    assert texts(response, "s:url/s:loc") == ["https://www.example.org/news/new/"]
    assert texts(response, ".//n:title") == ["Café & <more>"]
    assert texts(response, ".//n:publication/n:name") == ["Backus Hospital"]
    assert texts(response, ".//n:publication/n:language") == ["es"]
    assert texts(response, ".//n:publication_date") == ["2021-06-02T12:00:01+00:00"]


def test_without_news_the_sitemap_is_empty(client):
    assert texts(client.get("/news/sitemap.xml"), "s:url") == []
