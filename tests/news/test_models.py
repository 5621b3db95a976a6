import pytest
from django.core.exceptions import ValidationError

from news.models import Article
from tests.factories import create_article, create_topic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["feed", "topics", "page", "2021", "0"])
def test_a_slug_that_another_page_has_is_refused(slug):
    article = Article(headline="A", slug=slug, body="<p>a</p>")

    with pytest.raises(ValidationError) as refused:
        article.full_clean()

    assert refused.value.message_dict == {"slug": [f"“{slug}” is the address of another page; choose another one."]}


@pytest.mark.parametrize("slug", ["feeding", "2021-review", "topics-of-the-week"])
def test_a_slug_that_only_resembles_one_is_taken(slug):
    Article(headline="A", slug=slug, body="<p>a</p>").full_clean()


def test_posts_of_the_same_instant_stand_in_a_stable_order():
    articles = [create_article() for _ in range(3)]

    assert list(Article.objects.newest_first()) == articles[::-1]


def test_posts_are_found_by_topic():
    topic = create_topic()
    about, other = create_article(topics=[topic, create_topic()]), create_article()

    assert list(Article.objects.about(topic)) == [about]
    assert set(Article.objects.about(None)) == {about, other}


def test_opening_is_the_summary_or_the_first_words():
    assert create_article(summary="In short.", body="<p>At length.</p>").opening == "In short."
    assert create_article(body="<p>At length.</p><p>And more.</p>").opening == "At length. And more."
