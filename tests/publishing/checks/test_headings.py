import pytest

from pages.models import Block
from tests.factories import create_article, create_block, create_image, create_location, create_page
from tests.publishing.checks.reading import found, messages

pytestmark = pytest.mark.django_db

CODES = ("heading-jump", "empty-heading", "heading-without-words")


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Parking</h2><p>Free.</p><h3>By bus</h3><p>Line 1.</p><h4>Stops</h4><p>Two.</p><h2>Food</h2><p>Yes.</p>",
        "<h2>Parking</h2><h3>By bus</h3><p>Line 1.</p>",
        "<h2>Prices</h2><table><tbody><tr><td>1</td></tr></tbody></table>",
        "<h2>List</h2><ul><li><p>One</p></li></ul>",
        "<p>No headings.</p>",
    ],
)
def test_headings_in_order_with_something_under_them_are_good(body):
    assert found(create_article(body=body), *CODES) == []


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            "<h2>Parking</h2><p>Free.</p><h4>By bus</h4><p>Line 1.</p>",
            "The heading “By bus” is of level 4, but a heading of level 3 is missing above it.",
        ),
        (
            "<h3>Parking</h3><p>Free.</p>",
            "The heading “Parking” is of level 3, but a heading of level 2 is missing above it.",
        ),
    ],
)
def test_a_heading_that_skips_a_level_is_found(body, sentence):
    assert messages(create_article(body=body), "heading-jump") == [sentence]


def test_the_heading_of_a_block_counts_as_the_level_above_its_text():
    page = create_page()
    create_block(page=page, kind=Block.Kind.TEXT, heading="Parking", text="<h3>By bus</h3><p>Line 1.</p>")
    create_block(page=page, kind=Block.Kind.CARE_OPTION, heading="Cut", level="urgent", text="<h4>A</h4><p>B.</p>")

    assert found(page, *CODES) == []


def test_the_level_goes_on_from_block_to_block():
    page = create_page()
    create_block(page=page, kind=Block.Kind.TEXT, text="<h2>Getting here</h2><p>Easy.</p>")
    create_block(page=page, kind=Block.Kind.TEXT, text="<h3>By bus</h3><p>Line 1.</p>")
    create_block(page=page, kind=Block.Kind.TEXT, heading="Food", text="<h4>Café</h4><p>Open.</p>")

    assert messages(page, "heading-jump") == [
        "The heading “Café” is of level 4, but a heading of level 3 is missing above it."
    ]


def test_a_second_text_of_a_thing_stands_below_a_heading_of_the_page():
    location = create_location(body="<p>A clinic.</p>", directions="<h3>By bus</h3><p>Line 1.</p>")

    assert found(location, *CODES) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>Hello.</p><h2>Contact</h2>", "Contact"),
        ("<h2>Parking</h2><h2>Food</h2><p>Yes.</p>", "Parking"),
        ("<h2>A</h2><p>One.</p><h3>Bus</h3><h2>Food</h2><p>Yes.</p>", "Bus"),
        ("<h2>Parking</h2><p> </p>", "Parking"),
    ],
)
def test_a_heading_with_nothing_under_it_is_found(body, words):
    assert messages(create_article(body=body), "empty-heading") == [f"There is nothing under the heading “{words}”."]


def test_what_follows_in_the_next_block_stands_under_the_last_heading():
    page = create_page()
    create_block(page=page, kind=Block.Kind.TEXT, text="<h2>Our house</h2>")
    create_block(page=page, kind=Block.Kind.PICTURE, image=create_image())
    create_block(page=page, kind=Block.Kind.TEXT, text="<p>Come in.</p><h2>Our food</h2>")
    create_block(page=page, kind=Block.Kind.NEWS, heading="News")

    assert messages(page, "empty-heading") == ["There is nothing under the heading “Our food”."]


@pytest.mark.parametrize("text", ["<p> </p>", "<p>—</p>"])
def test_a_block_with_a_heading_and_no_words_is_found(text):
    page = create_page()
    create_block(page=page, kind=Block.Kind.TEXT, heading="Parking", text=text)
    create_block(page=page, kind=Block.Kind.SECTION, heading="Find a service", section="services")

    assert found(page, *CODES) == [("warning", "empty-heading", "block", "heading")]


def test_a_heading_without_words_is_found():
    article = create_article(body="<h2></h2><p>A.</p><h2>***</h2><p>B.</p>")

    assert found(article) == [("warning", "heading-without-words", "article", "body")] * 2
