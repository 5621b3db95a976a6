"""The lists of posts, as readers, search engines and the curious meet them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from news.models import Article
from publishing.months import Month
from tests.factories import (
    LIVE_SINCE,
    create_article,
    create_image,
    create_location,
    create_superuser,
    create_topic,
)

pytestmark = pytest.mark.django_db

LIST = "/news/"
JUNE_30_LATE = datetime(2021, 7, 1, 3, 30, tzinfo=UTC)  # 11:30 PM in Norwich
HTMX = {"HX-Request": "true"}


def listed(response):
    return response.context["page"].rows


def followed(client, address):
    """Return the responses from `address` on, as a reader gets them who follows “Older posts”."""
    responses = [client.get(address)]
    while older := responses[-1].context["page"].older:
        responses.append(client.get(address, {"after": str(older)}))
    return responses


def create_full_post(**fields):
    article = create_article(image=create_image(), topics=[create_topic()], **fields)
    article.locations.add(create_location())
    return article


@pytest.mark.parametrize("rows", [1, 30])
def test_the_news_ask_as_many_queries_whatever_their_length(client, django_assert_num_queries, rows):
    for number in range(rows):
        article = create_article(image=create_image() if number < 15 else None, topics=[create_topic()])
        article.locations.add(create_location())

    with django_assert_num_queries(3 + 5):  # the frame; featured posts, posts, topics, facilities, the archive
        response = client.get(LIST)

    assert (response.status_code, len(listed(response))) == (200, min(rows, 12))


@pytest.mark.parametrize("rows", [1, 13])
def test_every_other_list_asks_few_queries(client, django_assert_max_num_queries, rows):
    topic, place = create_topic(slug="food"), create_location(slug="clinic")
    for kind in Article.Kind:
        for _ in range(rows):
            article = create_article(kind=kind, topics=[topic])
            article.locations.add(place)
    lists = ["topics/food/", "locations/clinic/", "press-releases/", "notices/", "2020/", "2020/1/"]

    for address in [*lists, "2020/?topic=food&location=clinic"]:
        with django_assert_max_num_queries(8):
            response = client.get(LIST + address)
        assert (address, response.status_code, len(listed(response))) == (address, 200, min(12, len(listed(response))))


@pytest.mark.parametrize("address", ["", "press-releases/", "notices/"])
def test_an_empty_list_is_a_page_that_says_so(client, address):
    response = client.get(LIST + address)

    assert (response.status_code, listed(response)) == (200, [])
    assert "There are no posts here yet." in response.content.decode()
    assert response.context["head"].indexed is False


def test_the_list_shows_what_is_published_newest_first(client):
    older = create_article(published_at=datetime(2021, 6, 4, tzinfo=UTC))
    newer = create_article(published_at=datetime(2021, 6, 5, tzinfo=UTC))
    create_article(published_at=None)
    create_article(published_at=datetime(2999, 1, 1, tzinfo=UTC))
    create_article(published_at=LIVE_SINCE, expires_at=datetime(2021, 1, 1, tzinfo=UTC))

    assert listed(client.get(LIST)) == [newer, older]


def test_pages_hold_every_post_once(client):
    articles = [create_article() for _ in range(27)]  # all of one instant

    pages = [listed(response) for response in followed(client, LIST)]

    assert [len(page) for page in pages] == [12, 12, 3]
    assert sorted(article.pk for page in pages for article in page) == sorted(article.pk for article in articles)


def test_posts_added_while_somebody_reads_are_neither_lost_nor_doubled(client):
    topic = create_topic(slug="food")
    articles = [create_article(topics=[topic]) for _ in range(20)]
    for address in (LIST, topic.get_absolute_url()):
        first = client.get(address)
        for _ in range(3):
            create_article(topics=[topic], published_at=LIVE_SINCE + timedelta(days=1))

        second = client.get(address, {"after": str(first.context["page"].older)})

        read = [*listed(first), *listed(second)]
        assert len(set(read)) == len(read)
        assert set(articles[:8]) <= set(read)


@pytest.mark.parametrize("address", ["?after=x", "?before=%00", "?after=0-0&before=0-0", "?after=99999999999999999-1"])
def test_a_wrong_cursor_is_not_found(client, address):
    create_article()

    assert client.get(LIST + address).status_code == 404


def test_a_page_further_back_is_not_for_search_engines_and_has_no_other_address(client):
    for _ in range(13):
        create_article()

    first, second = followed(client, LIST)

    assert (first.context["head"].indexed, first.context["head"].path) == (True, LIST)
    assert (second.context["head"].indexed, second.context["head"].canonical) == (False, None)
    assert second.context["head"].title == "News: older posts"


def test_featured_posts_stand_first_and_once(client):
    now = datetime(2021, 6, 4, tzinfo=UTC)
    featured = create_article(headline="The new wing", featured_until=now + timedelta(days=1))
    over = create_article(published_at=LIVE_SINCE + timedelta(days=1), featured_until=now)
    hidden = create_article(published_at=None, featured_until=now + timedelta(days=1))

    with time_machine.travel(now):
        response = client.get(LIST)

    assert (response.context["featured"], listed(response)) == ([featured], [over])
    assert response.content.decode().count(">The new wing</a>") == 1
    assert hidden not in listed(response)


def test_of_many_featured_posts_the_newest_stand_first_and_the_others_in_their_place(client):
    posts = [
        create_article(published_at=LIVE_SINCE + timedelta(days=day), featured_until=datetime(2999, 1, 1, tzinfo=UTC))
        for day in range(4)
    ]

    response = client.get(LIST)

    assert (response.context["featured"], listed(response)) == (posts[:0:-1], [posts[0]])


def test_a_featured_post_stands_once_more_further_back_in_its_own_place(client):
    articles = [create_article() for _ in range(14)]
    articles[0].featured_until = datetime(2999, 1, 1, tzinfo=UTC)
    articles[0].save()

    pages = [client.get(LIST)]
    pages.append(client.get(LIST, {"after": str(pages[0].context["page"].older)}, headers=HTMX))

    assert [listed(page) for page in pages] == [articles[:1:-1], [articles[1], articles[0]]]


def test_nobody_misses_a_post_that_is_featured_while_they_read_on(client):
    articles = [create_article() for _ in range(14)]
    older = client.get(LIST).context["page"].older
    articles[0].featured_until = datetime(2999, 1, 1, tzinfo=UTC)
    articles[0].save()

    response = client.get(LIST, {"after": str(older)})

    assert listed(response) == [articles[1], articles[0]]


def test_a_topic_shows_its_posts(client):
    topic = create_topic(name="Healthy Beginnings", description="For young families.")
    about = create_article(topics=[topic])
    create_article()
    create_article(topics=[topic], published_at=None)

    response = client.get(topic.get_absolute_url())

    assert listed(response) == [about]
    assert (response.context["heading"], response.context["topic"]) == ("Healthy Beginnings", topic)
    assert client.get("/news/topics/no-such/").status_code == 404


def test_a_facility_shows_the_posts_about_it(client):
    clinic, closed = create_location(name="Clinic", slug="clinic"), create_location(slug="closed", published_at=None)
    about = create_article()
    about.locations.set([clinic, closed])
    create_article()

    response = client.get("/news/locations/clinic/")

    assert (response.context["heading"], listed(response)) == ("Clinic", [about])
    assert list(response.context["locations"]) == [clinic]
    assert client.get("/news/locations/closed/").status_code == 404


def test_press_releases_and_notices_have_lists_of_their_own(client):
    story, release, notice = (create_article(kind=kind) for kind in Article.Kind)

    assert listed(client.get("/news/press-releases/")) == [release]
    assert listed(client.get("/news/notices/")) == [notice]
    assert listed(client.get(LIST)) == [notice, release, story]


def test_topics_without_a_published_post_are_not_offered(client):
    shown, hidden = create_topic(), create_topic()
    create_article(topics=[shown])
    create_article(topics=[shown])
    create_article(topics=[hidden], published_at=None)
    create_article(topics=[hidden], expires_at=datetime(2021, 1, 1, tzinfo=UTC))

    assert list(client.get(LIST).context["topics"]) == [shown]


def test_a_post_late_on_the_last_day_is_of_that_month(client):
    article = create_article(published_at=JUNE_30_LATE)

    june = client.get("/news/2021/06/")

    assert (listed(june), june.context["month"], june.context["heading"]) == ([article], Month(2021, 6), "June 2021")
    assert client.get("/news/2021/07/").status_code == 404
    assert reverse("news:month", args=[2021, 6]) == "/news/2021/6/"
    assert client.get("/news/2021/6/").status_code == 200


@pytest.mark.parametrize(
    ("published_at", "month"),
    [
        pytest.param(datetime(2021, 3, 1, 4, 59, tzinfo=UTC), 2, id="winter: five hours behind"),
        pytest.param(datetime(2021, 4, 1, 3, 59, tzinfo=UTC), 3, id="summer: four hours behind"),
        pytest.param(datetime(2021, 11, 1, 3, 59, tzinfo=UTC), 10, id="the month in which summer ends next"),
        pytest.param(datetime(2021, 12, 1, 4, 59, tzinfo=UTC), 11, id="after it ended"),
    ],
)
def test_a_month_ends_at_midnight_by_the_hospitals_clock(client, published_at, month):
    before, after = (
        create_article(published_at=published_at),
        create_article(published_at=published_at + timedelta(minutes=1)),
    )

    assert listed(client.get(f"/news/2021/{month}/")) == [before]
    assert listed(client.get(f"/news/2021/{month + 1}/")) == [after]


def test_a_year_ends_at_midnight_by_the_hospitals_clock(client):
    old = create_article(published_at=datetime(2022, 1, 1, 4, 59, tzinfo=UTC))
    new = create_article(published_at=datetime(2022, 1, 1, 5, tzinfo=UTC))

    assert [listed(client.get(f"/news/{year}/")) for year in (2021, 2022)] == [[old], [new]]
    assert client.get("/news/2020/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        *("/news/2021/0/", "/news/2021/13/", "/news/0/1/", "/news/99999999999999999999/1/"),
        *("/news/2021/", "/news/0/", "/news/1899/", "/news/2201/", "/news/99999999999999999999/"),
    ],
)
def test_a_month_or_year_of_no_calendar_is_not_found(client, address):
    create_article()

    assert client.get(address).status_code == 404


def test_a_year_can_be_narrowed_by_topic_and_facility(client):
    food, hearts = create_topic(slug="food"), create_topic(slug="hearts")
    clinic = create_location(slug="clinic")
    both, only_food, only_clinic = create_article(topics=[food]), create_article(topics=[food]), create_article()
    both.locations.add(clinic)
    only_clinic.locations.add(clinic)
    create_article(topics=[hearts], published_at=datetime(2021, 6, 4, tzinfo=UTC))

    def found(query):
        return listed(client.get(f"/news/2020/{query}"))

    assert found("?topic=food") == [only_food, both]
    assert found("?location=clinic") == [only_clinic, both]
    assert found("?topic=food&location=clinic") == [both]
    assert found("1/?topic=food&location=clinic") == [both]
    assert found("?topic=hearts") == []
    assert "No post fits." in client.get("/news/2020/?topic=hearts").content.decode()


@pytest.mark.parametrize("query", ["topic=no-such", "location=%00", "topic=%27%3B--", "topic=food&location=x"])
def test_a_filter_that_cannot_be_is_told_in_words(client, query):
    create_article(topics=[create_topic(slug="food")])

    response = client.get(f"/news/2020/?{query}")

    assert (response.status_code, listed(response)) == (200, [])
    assert "Nothing here has that. Choose one of the list." in response.content.decode()


def test_the_filters_of_a_year_lead_on_to_its_older_posts(client):
    food = create_topic(slug="food")
    articles = [create_article(topics=[food]) for _ in range(14)]
    create_article()

    first = client.get("/news/2020/?topic=food")
    older = first.context["page"].older
    second = client.get(f"/news/2020/?topic=food&after={older}")

    assert f"?topic=food&amp;after={older}" in first.content.decode()
    assert listed(second) == articles[1::-1]


def test_htmx_gets_the_older_posts_alone_and_reads_on_at_the_first_of_them(client):
    for _ in range(14):
        create_article()
    older = client.get(LIST).context["page"].older

    response = client.get(LIST, {"after": str(older)}, headers=HTMX)

    content = response.content.decode()
    assert "<h1" not in content
    assert content.count("autofocus") == 1
    assert "2 older posts</div>" in content
    assert "These are all." in content
    assert "HX-Request" in response["Vary"]


def test_htmx_asks_few_queries_for_more(client, django_assert_num_queries):
    for _ in range(14):
        create_full_post()
    older = client.get(LIST).context["page"].older

    with django_assert_num_queries(2):  # featured posts, posts
        client.get(LIST, {"after": str(older)}, headers=HTMX)


def test_topic_that_moves_leads_its_readers_on(client):
    topic = create_topic(name="Food", slug="food")
    client.force_login(create_superuser())

    client.post(f"/admin/news/topic/{topic.pk}/change/", {"name": "Food", "slug": "eating-well", "description": ""})

    response = Client().get("/news/topics/food/")
    assert (response.status_code, response["Location"]) == (301, "/news/topics/eating-well/")
