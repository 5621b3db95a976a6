"""The feeds, as a feed reader and a schema of our own read them: it says what ours must be, not all that may be."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
import time_machine
from lxml import etree

from news.models import Article, Block
from publishing import audit
from tests.factories import (
    LIVE_SINCE,
    create_article,
    create_contact,
    create_document,
    create_image,
    create_person,
    create_service,
    create_topic,
    create_video,
)

pytestmark = pytest.mark.django_db

SITE = "https://www.example.org"
ATOM, RSS = "/news/feed/", "/news/rss/"
SCHEMAS = Path(__file__).parent / "schemas"
NOON = datetime(2099, 6, 4, 12, tzinfo=UTC)  # after all that the tests store


@pytest.fixture(autouse=True)
def _public_address(settings):
    settings.SITE_URL = SITE


def read(client, address):
    """Return the feed at `address` as a reader understands it; it is checked against our schema."""
    response = client.get(address)
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex")
    kind = "rss" if "rss" in address else "atom"
    schema = etree.RelaxNG(etree.parse(str(SCHEMAS / f"{kind}.rng")))
    schema.assertValid(etree.fromstring(response.content))
    feed = feedparser.parse(response.content)
    assert (feed.bozo, feed.version) == (False, {"rss": "rss20", "atom": "atom10"}[kind])
    return feed


def add_block(article, kind, **fields):
    number = article.news_block_set.count()
    return Block.objects.create(parent=article, region="main", ordering=number, kind=kind, **fields)


@pytest.mark.parametrize("address", [ATOM, RSS])
def test_the_feed_of_a_new_site_is_valid(client, address):
    feed = read(client, address)

    assert (feed.feed.title, feed.feed.link, feed.entries) == ("News from Backus Hospital", f"{SITE}/news/", [])
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [SITE + address]


@pytest.mark.parametrize("address", [ATOM, RSS])
def test_an_entry_tells_what_a_reader_needs(client, address):
    article = create_article(
        headline="“Café” & <more>",
        slug="cafe",
        summary="In short: <5 & more.",
        body='<p>See <a href="/services/">services</a>.</p>',
        byline="Dr. A",
        published_at=datetime(2021, 6, 4, 16, tzinfo=UTC),
        topics=[create_topic(name="Food")],
        image=create_image(alternative_text="A nurse & a child."),
        language="es",
    )
    article.authors.add(create_person(name="Ada", slug="ada"))

    [entry] = read(client, address).entries

    assert (entry.title, entry.link) == ("“Café” & <more>", f"{SITE}/news/cafe/")
    assert entry.id == f"tag:www.example.org,2026:news/{article.pk}"
    assert entry.summary == "In short: &lt;5 &amp; more."
    assert entry.published_parsed[:5] == (2021, 6, 4, 16, 0)
    assert [category.term for category in entry.tags] == ["Food"]
    assert f'<a href="{SITE}/services/"' in entry.content[-1].value
    assert f'<img alt="A nurse &amp; a child." src="{SITE}/media/' in entry.content[-1].value
    [picture] = entry.enclosures
    assert (picture.type, picture.href) == ("image/jpeg", SITE + article.image.file.url)
    assert int(picture.length) == article.image.file.size


def test_an_entry_names_its_writers_its_language_and_its_last_change(client):
    article = create_article(byline="Dr. A", language="es")
    article.authors.add(create_person(name="Ada", slug="ada"))
    article.authors.add(create_person(name="Not public", published_at=None))

    [atom] = read(client, ATOM).entries
    [rss] = read(client, RSS).entries

    assert [(each.name, each.get("href")) for each in atom.authors] == [("Ada", f"{SITE}/people/ada/"), ("Dr. A", None)]
    assert [each.name for each in rss.authors] == ["Ada", "Dr. A"]
    assert (atom.content[0].language, rss.language) == ("es", "es")
    assert datetime.fromisoformat(atom.updated) == article.changed_at


def test_a_post_that_was_written_long_before_is_new_when_it_is_published(client):
    article = create_article(published_at=datetime(2098, 1, 1, tzinfo=UTC))

    with time_machine.travel(NOON):
        [entry] = read(client, ATOM).entries

    assert (datetime.fromisoformat(entry.updated), article.changed_at < article.published_at) == (
        article.published_at,
        True,
    )


def test_a_post_without_writers_is_by_the_hospital(client):
    create_article()

    assert read(client, ATOM).entries[0].author == "Backus Hospital"


def test_a_post_that_readers_know_by_its_old_address_stays_the_same_to_them(client):
    create_article(slug="moved", feed_slug="known")

    [atom] = read(client, ATOM).entries
    [rss] = read(client, RSS).entries

    assert (atom.id, atom.link) == (f"{SITE}/news/known/", f"{SITE}/news/moved/")
    assert (rss.id, rss.link) == (f"{SITE}/news/known/", f"{SITE}/news/moved/")


def test_a_post_is_told_whole(client):
    article = create_article(body="<p>Opening.</p>", source="A paper", correction="It was <May>.")
    article.updated_on = datetime(2021, 6, 5, tzinfo=UTC).date()
    article.save()
    service, hidden = create_service(name="Surgery", slug="surgery"), create_service(published_at=None)
    document, film = create_document(title="Guide"), create_video(title="Hello")
    contact = create_contact(name="Desk")
    add_block(article, "text", heading="More", text='<p>Words <a href="//x.org/a">x</a>.</p>')
    add_block(article, "picture", image=create_image(credit="By B"), caption="Seen.")
    add_block(article, "quote", quote="Good & well", said_by="Ada", said_by_title="Chief")
    add_block(article, "facts", heading="Facts", text="<ul><li>One</li></ul>")
    add_block(article, "document", document=document)
    add_block(article, "video", video=film)
    add_block(article, "related", service=service)
    add_block(article, "related", service=hidden)
    add_block(article, "contact", contact=contact)

    content = read(client, ATOM).entries[0].content[0].value

    for part in (
        "<strong>Correction of June 5, 2021</strong>",
        "It was &lt;May&gt;.",
        "<p>Opening.</p>",
        "<h2>More</h2>",
        '<a href="//x.org/a">',
        "<figcaption>Seen. By B</figcaption>",
        "<blockquote><p>“Good &amp; well”</p><p>Ada, Chief</p></blockquote>",
        "<h3>Facts</h3>",
        f'<a href="{SITE}{document.get_absolute_url()}">Guide</a>',
        f'<a href="{SITE}{article.get_absolute_url()}">Film: Hello</a>',
        f'<a href="{SITE}/services/surgery/">Surgery</a></li></ul>',
        "Contact: Desk",
        "First published by A paper.",
    ):
        assert part in content.replace(' rel="noopener noreferrer"', "")
    assert hidden.name not in content


@pytest.mark.either_database  # PostgreSQL keeps no such text
def test_signs_that_no_xml_can_hold_are_left_out(client):
    create_article(headline="A\x01B\x0cC", body="<p>\x02text</p>", byline="\x1f")

    for address in (ATOM, RSS):
        assert read(client, address).entries[0].title == "ABC"


def test_a_picture_whose_file_is_gone_does_not_stop_the_feed(client):
    article = create_article(image=create_image())
    article.image.file.storage.delete(article.image.file.name)

    assert read(client, ATOM).entries[0].enclosures == []


def test_a_topic_has_feeds_of_its_own(client):
    topic = create_topic(name="Food", slug="food")
    about = create_article(topics=[topic])
    create_article()
    create_article(topics=[topic], published_at=None)

    for address in ("/news/topics/food/feed/", "/news/topics/food/rss/"):
        feed = read(client, address)
        assert (feed.feed.title, feed.feed.link) == ("Food: news from Backus Hospital", f"{SITE}/news/topics/food/")
        assert [entry.title for entry in feed.entries] == [about.headline]
    assert client.get("/news/topics/no-such/feed/").status_code == 404


@pytest.mark.parametrize("posts", [1, 22])
def test_a_feed_asks_as_many_queries_whatever_its_length(client, django_assert_num_queries, posts):
    topic = create_topic(slug="food")
    for day in range(posts):
        article = create_article(published_at=LIVE_SINCE + timedelta(days=day), topics=[topic])
        article.authors.add(create_person())
        add_block(article, "text", text="<p>More.</p>")

    with django_assert_num_queries(7):  # the topic; what is new (2), posts, topics, writers, blocks
        response = client.get("/news/topics/food/feed/")

    newest = Article.objects.newest_first()[:20]
    assert [entry.title for entry in feedparser.parse(response.content).entries] == [post.headline for post in newest]


def asked_again(client, response, address=ATOM):
    """Return the status for a reader who has what `response` was: by its tag, and by its date alone."""
    by_tag = client.get(address, headers={"if-none-match": response["ETag"]})
    by_date = client.get(address, headers={"if-modified-since": response["Last-Modified"]})
    return by_tag.status_code, by_date.status_code


def test_who_has_the_newest_feed_gets_no_other(client, django_assert_num_queries):
    create_article()

    with time_machine.travel(NOON, tick=False):
        response = client.get(ATOM)
        assert asked_again(client, response) == (304, 304)
        with django_assert_num_queries(2):
            again = client.get(ATOM, headers={"if-none-match": response["ETag"]})

    assert (again.content, again["ETag"]) == (b"", response["ETag"])


def changed(article):
    article.headline = "Another"
    article.save()


def taken_down(article):
    article.published_at = None
    article.save()


def deleted(article):
    audit.record(audit.Action.DELETED, thing=article)
    article.delete()


@pytest.mark.parametrize(
    "act", [lambda article: create_article(), changed, taken_down, deleted], ids=["added", "changed", "down", "deleted"]
)
def test_who_has_an_older_feed_gets_the_new_one(client, act):
    create_article()
    article = create_article()
    with time_machine.travel(NOON, tick=False):
        response = client.get(ATOM)

    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        act(article)
    with time_machine.travel(NOON + timedelta(minutes=2), tick=False):
        assert asked_again(client, response) == (200, 200)


@pytest.mark.parametrize("field", ["expires_at", "published_at"])
def test_a_post_that_comes_or_goes_by_its_date_makes_a_new_feed(client, field):
    create_article()
    create_article(**{field: NOON + timedelta(minutes=1)})
    with time_machine.travel(NOON, tick=False):
        response = client.get(ATOM)

    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        assert asked_again(client, response) == (200, 200)


@pytest.mark.parametrize("query", ["?page=%00", "?after=x"])
def test_a_feed_does_not_mind_what_is_added_to_its_address(client, query):
    assert client.get(ATOM + query).status_code == 200
