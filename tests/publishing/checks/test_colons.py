import pytest

from pages.models import Block
from tests.factories import create_article, create_block, create_location, create_page
from tests.publishing.checks.reading import found, messages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "body",
    [
        "<p>Bring: a card.</p>",
        "<p>Bring:</p><ul><li><p>A card</p></li></ul>",
        "<ul><li><p>Bring:</p><ul><li><p>A card</p></li></ul></li></ul>",
        "<p>Call:</p><p>Anna</p>",
        "<p>Hours:<br>8 to 4</p>",
        "<table><tbody><tr><td><p>Phone:</p></td><td><p>Anna</p></td></tr></tbody></table>",
        "<h2>What to bring:</h2><p>A card.</p>",
    ],
)
def test_a_colon_with_something_after_it_is_good(body):
    assert found(create_article(body=body)) == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>Bring:</p>",
        "<p>Bring: </p><p></p><p> </p>",
        "<p>Bring:</p><h2>Food</h2><p>Yes.</p>",
        "<ul><li><p>One</p></li><li><p>Bring:</p></li></ul>",
        "<p>Bring <strong>all this:</strong></p>",
        "<p>需要：</p>",
        "<table><tbody><tr><td><p>Phone:</p></td><td><p></p></td></tr></tbody></table>",
    ],
)
def test_a_colon_with_nothing_after_it_is_found(body):
    assert found(create_article(body=body)) == [("warning", "colon-without-end", "article", "body")]


def test_the_words_before_the_colon_are_named():
    article = create_article(summary="For more about our clinics:")

    assert messages(article, "colon-without-end") == ["Nothing follows the colon: “For more about our clinics:”"]


def test_lines_are_read_one_after_the_other():
    assert found(create_location(hours="Monday:\n8 to 4\nSunday: closed")) == []
    assert found(create_location(hours="Monday: 8 to 4\nSunday:\n")) == [
        ("warning", "colon-without-end", "location", "hours")
    ]


def test_the_next_block_may_be_what_the_colon_promises():
    page = create_page()
    create_block(page=page, kind=Block.Kind.TEXT, text="<p>In one year:</p>")
    create_block(page=page, kind=Block.Kind.FIGURE, value="23,000", label="patients")
    create_block(page=page, kind=Block.Kind.TEXT, text="<p>And there is more:</p>")
    create_block(page=page, kind=Block.Kind.TEXT, heading="Food", text="<p>Good.</p>")

    assert messages(page, "colon-without-end") == ["Nothing follows the colon: “And there is more:”"]
