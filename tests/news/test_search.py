"""What of a post is found: its text, its blocks, and the documents in it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from news.models import Block
from search.rebuilding import rebuild
from tests.factories import (
    LIVE_SINCE,
    create_article,
    create_contact,
    create_document,
    create_person,
    create_post_block,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 9, 16, tzinfo=UTC)


def found(client, words):
    return [each["path"] for each in _results(client, words)]


def _results(client, words):
    response = client.get("/search/", {"q": words})
    return [{"path": result.path} for result in response.context["results"]]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Block.Kind.TEXT, {"heading": "Zebrafish", "text": "<p>Text.</p>"}),
        (Block.Kind.TEXT, {"text": "<p>A zebrafish swims.</p>"}),
        (Block.Kind.QUOTE, {"quote": "A zebrafish!", "said_by": "Ada"}),
        (Block.Kind.QUOTE, {"quote": "Oh!", "said_by": "Zebrafish"}),
        (Block.Kind.FACTS, {"heading": "Facts", "text": "<ul><li>One zebrafish</li></ul>"}),
    ],
)
def test_a_post_is_found_by_the_words_of_its_blocks(client, kind, values):
    article = create_article()
    create_post_block(article=article, kind=kind, **values)
    rebuild()

    assert found(client, "zebrafish") == [article.get_absolute_url()]


def test_a_post_is_found_by_who_wrote_it_and_whom_it_names(client):
    article = create_article(headline="By hand")
    article.authors.add(create_person(name="Zora Quill", slug="zora"), create_person(name="Hidden", published_at=None))
    create_post_block(article=article, kind=Block.Kind.CONTACT, contact=create_contact(name="Wobbegong clinic"))
    create_post_block(
        article=article, kind=Block.Kind.CONTACT, contact=create_contact(name="Numbat clinic", published_at=None)
    )
    rebuild()

    assert article.get_absolute_url() in found(client, "Quill")
    assert found(client, "Hidden") == []
    assert article.get_absolute_url() in found(client, "Wobbegong")
    assert found(client, "Numbat") == []


@pytest.mark.parametrize(
    ("published_at", "at", "is_found"),
    [
        (LIVE_SINCE, NOON, True),
        (None, NOON, False),
        (NOON, NOON - timedelta(seconds=1), False),
        (NOON, NOON, True),
    ],
)
def test_a_document_in_a_post_is_found_while_the_post_is_public(client, published_at, at, is_found):
    document = create_document(title="Zebrafish report")
    article = create_article(published_at=published_at)
    create_post_block(article=article, kind=Block.Kind.DOCUMENT, document=document)
    rebuild()

    with time_machine.travel(at, tick=False):
        paths = found(client, "zebrafish report")

    assert (document.get_absolute_url() in paths) is is_found


@pytest.mark.django_db(transaction=True)
def test_a_block_that_is_saved_later_is_found_at_once(client):
    article = create_article()
    create_post_block(article=article, kind=Block.Kind.TEXT, text="<p>A zebrafish swims.</p>")

    assert found(client, "zebrafish") == [article.get_absolute_url()]
