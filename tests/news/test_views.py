from datetime import UTC, datetime

import pytest

from tests.factories import create_article, create_editor, create_image, create_topic

pytestmark = pytest.mark.django_db

LIST = "/news/"
JUNE_30_LATE = datetime(2021, 7, 1, 3, 30, tzinfo=UTC)  # 11:30 PM in Norwich


def listed(response):
    return response.context["page"].rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_post_asks_as_many_queries_whatever_is_related(client, django_assert_num_queries, rows):
    topics = [create_topic() for _ in range(rows)]
    article = create_article(topics=topics)
    for _ in range(rows):
        create_article(image=create_image(), topics=topics)

    with django_assert_num_queries(3 + 4):  # the frame; the post, what is beside it, its blocks, related posts
        response = client.get(article.get_absolute_url())

    assert response.status_code == 200


def test_a_post_has_its_date_as_the_hospital_writes_it(client):
    article = create_article(headline="“Café” opens", published_at=JUNE_30_LATE)

    content = client.get(article.get_absolute_url()).content.decode()

    assert "June 30, 2021" in content
    assert "“Café” opens" in content
    assert 'datetime="2021-07-01' not in content.partition("<h1")[0]


def test_related_posts_share_a_topic_and_are_each_shown_once(client):
    topics = [create_topic(), create_topic()]
    article = create_article(topics=topics)
    related = create_article(topics=topics)
    create_article()

    assert list(client.get(article.get_absolute_url()).context["related"]) == [related]


def test_a_post_without_a_topic_is_related_to_the_newest(client):
    article = create_article()
    others = [create_article() for _ in range(4)]

    assert list(client.get(article.get_absolute_url()).context["related"]) == others[:0:-1]


def test_a_draft_is_there_for_news_editors_only_and_kept_in_no_cache(client):
    draft = create_article(published_at=None)
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(create_editor(permissions=["change_event"]))
    assert client.get(draft.get_absolute_url()).status_code == 404

    client.force_login(create_editor(permissions=["change_article"]))
    response = client.get(draft.get_absolute_url())

    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert draft not in listed(client.get(LIST))


def test_hostile_text_stays_text(client):
    article = create_article(
        headline="</title><script>alert(1)</script>",
        summary='"><img src=x onerror=alert(2)>',
        byline="<b>Eve</b>",
        caption="<i>c</i>",
        image=create_image(alternative_text='" onerror="alert(3)'),
    )

    for address in (LIST, article.get_absolute_url()):
        content = client.get(address).content.decode()
        assert "<script>alert" not in content
        assert "<img src=x" not in content
        assert "<b>Eve" not in content
        assert '" onerror="' not in content
