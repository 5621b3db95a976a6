import pytest

from pages.models import Block
from tests.factories import create_article, create_block, create_contact, create_page, create_person
from tests.publishing.checks.reading import found, messages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("title", ["A new clinic", "988", "Ñandú", "你好", "24/7 care"])
def test_a_title_with_words_is_good(title):
    assert found(create_article(headline=title)) == []


@pytest.mark.parametrize("title", ["   ", "***", "📷", "\u200b\u200b", "—"])
def test_a_title_without_words_is_an_error(title):
    assert found(create_article(headline=title)) == [("error", "empty-title", "article", "headline")]


def test_the_name_of_a_contact_is_its_title_and_may_not_be_missing():
    contact = create_contact(name="", published_at=None)

    assert messages(contact, "empty-title") == ["It has no title: lists and search results would show an empty line."]


def test_an_empty_second_title_is_no_matter():
    assert found(create_person(title="", specialties="Surgery")) == []


def test_the_heading_of_a_block_needs_words_where_there_is_one():
    page = create_page()
    create_block(page=page, kind=Block.Kind.TEXT, text="<p>Come in.</p>")
    create_block(page=page, kind=Block.Kind.TEXT, heading="★ ★ ★", text="<p>Come in.</p>")

    assert found(page) == [("error", "empty-title", "block", "heading")]
