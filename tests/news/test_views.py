from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from publishing.months import Month
from tests.factories import LIVE_SINCE, create_article, create_editor, create_image, create_superuser, create_topic

pytestmark = pytest.mark.django_db

LIST = "/news/"
JUNE_30_LATE = datetime(2021, 7, 1, 3, 30, tzinfo=UTC)  # 11:30 PM in Norwich


def listed(response):
    return list(response.context["page"])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_many_queries_whatever_its_length(client, django_assert_num_queries, rows):
    for _ in range(rows):
        create_article(image=create_image(), topics=[create_topic()])

    with django_assert_num_queries(3 + 4):  # the frame; count, posts, topics, months
        response = client.get(LIST)

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_a_post_asks_as_many_queries_whatever_is_related(client, django_assert_num_queries, rows):
    topics = [create_topic() for _ in range(rows)]
    article = create_article(topics=topics)
    for _ in range(rows):
        create_article(image=create_image(), topics=topics)

    with django_assert_num_queries(3 + 4):  # the frame; the post, what is beside it, its blocks, related posts
        response = client.get(article.get_absolute_url())

    assert response.status_code == 200


def test_an_empty_list_is_a_page(client):
    response = client.get(LIST)

    assert (response.status_code, listed(response)) == (200, [])


def test_the_list_shows_what_is_published_newest_first(client):
    older = create_article(published_at=datetime(2021, 6, 4, tzinfo=UTC))
    newer = create_article(published_at=datetime(2021, 6, 5, tzinfo=UTC))
    create_article(published_at=None)
    create_article(published_at=datetime(2999, 1, 1, tzinfo=UTC))
    create_article(published_at=LIVE_SINCE, expires_at=datetime(2021, 1, 1, tzinfo=UTC))

    assert listed(client.get(LIST)) == [newer, older]


def test_pages_hold_every_post_once(client):
    articles = [create_article() for _ in range(27)]  # all of one instant

    pages = [listed(client.get(LIST, {"page": number})) for number in (1, 2, 3)]

    assert [len(page) for page in pages] == [12, 12, 3]
    assert sorted(article.pk for page in pages for article in page) == sorted(article.pk for article in articles)
    assert client.get(LIST, {"page": 4}).status_code == 404


def test_a_topic_shows_its_posts(client):
    topic = create_topic(name="Healthy Beginnings", description="For young families.")
    about = create_article(topics=[topic])
    create_article()
    create_article(topics=[topic], published_at=None)

    response = client.get(topic.get_absolute_url())

    assert listed(response) == [about]
    assert (response.context["heading"], response.context["topic"]) == ("Healthy Beginnings", topic)
    assert client.get("/news/topics/no-such/").status_code == 404


def test_topics_without_a_published_post_are_not_offered(client):
    shown, hidden = create_topic(), create_topic()
    create_article(topics=[shown])
    create_article(topics=[shown])
    create_article(topics=[hidden], published_at=None)

    assert list(client.get(LIST).context["topics"]) == [shown]


def test_a_post_late_on_the_last_day_is_of_that_month(client):
    article = create_article(published_at=JUNE_30_LATE)

    june = client.get("/news/2021/06/")

    assert (listed(june), june.context["month"], june.context["heading"]) == ([article], Month(2021, 6), "June 2021")
    assert client.get("/news/2021/07/").status_code == 404
    assert reverse("news:month", args=[2021, 6]) == "/news/2021/6/"
    assert client.get("/news/2021/6/").status_code == 200


@pytest.mark.parametrize(
    "address", ["/news/2021/0/", "/news/2021/13/", "/news/0/1/", "/news/99999999999999999999/1/", "/news/2021/"]
)
def test_a_month_of_no_calendar_is_not_found(client, address):
    create_article()

    assert client.get(address).status_code == 404


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


@pytest.mark.django_db
def test_topic_that_moves_leads_its_readers_on(client):
    topic = create_topic(name="Food", slug="food")
    client.force_login(create_superuser())

    client.post(f"/admin/news/topic/{topic.pk}/change/", {"name": "Food", "slug": "eating-well", "description": ""})

    response = Client().get("/news/topics/food/")
    assert (response.status_code, response["Location"]) == (301, "/news/topics/eating-well/")
