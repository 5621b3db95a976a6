import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing import json_ld


@pytest.fixture(autouse=True)
def _site_url(settings):
    settings.SITE_URL = "https://www.example.org"


def test_nothing_in_it_can_end_the_script_element():
    rendered = json_ld.render_json_ld({"name": "</script><script>alert('&')</script><!--\u2028"})

    assert rendered == (
        '{"@context":"https://schema.org","name":"\\u003c/script\\u003e\\u003cscript\\u003ealert(\'\\u0026\')'
        '\\u003c/script\\u003e\\u003c!--\\u2028"}'
    )
    assert json.loads(rendered)["name"] == "</script><script>alert('&')</script><!--\u2028"


@given(st.text())
def test_any_text_comes_back_unchanged(text):
    rendered = json_ld.render_json_ld({"name": text})

    assert json.loads(rendered) == {"@context": "https://schema.org", "name": text}
    assert not set("<>&") & set(rendered)


def test_a_trail_counts_from_the_home_page():
    assert json_ld.trail(("News", "/news/")) == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Home", "item": "https://www.example.org/"},
            {"@type": "ListItem", "position": 2, "name": "News", "item": "https://www.example.org/news/"},
        ],
    }


def test_hospital_has_a_phone_only_where_it_is_known():
    assert json_ld.hospital() == {
        "@type": "Hospital",
        "@id": "https://www.example.org/#hospital",
        "name": "Backus Hospital",
        "url": "https://www.example.org/",
    }
    assert json_ld.hospital(telephone="+18608898331")["telephone"] == "+18608898331"


def test_news_article_without_byline_and_picture_is_by_the_hospital():
    instant = datetime(2021, 6, 4, 12, tzinfo=UTC)

    data = json_ld.news_article(
        headline="A", description="B", path="/news/a/", published_at=instant, changed_at=instant
    )

    assert data == {
        "@type": "NewsArticle",
        "headline": "A",
        "description": "B",
        "url": "https://www.example.org/news/a/",
        "mainEntityOfPage": "https://www.example.org/news/a/",
        "datePublished": "2021-06-04T12:00:00+00:00",
        "dateModified": "2021-06-04T12:00:00+00:00",
        "publisher": json_ld.hospital(),
        "author": json_ld.hospital(),
    }


def test_news_article_of_a_draft_has_no_date_of_publication():
    instant = datetime(2021, 6, 4, 12, tzinfo=UTC)

    data = json_ld.news_article(
        headline="A", description="B", path="/news/a/", published_at=None, changed_at=instant, byline="Dr. A"
    )

    assert "datePublished" not in data
    assert data["author"] == {"@type": "Person", "name": "Dr. A"}


def test_event_online_has_no_place():
    data = json_ld.event(name="A", description="B", path="/events/a/", starts="2021-06-04", online=True)

    assert data["location"] == {"@type": "VirtualLocation", "url": "https://www.example.org/events/a/"}
    assert data["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert "endDate" not in data


def test_event_without_a_place_is_at_the_hospital():
    data = json_ld.event(name="A", description="B", path="/events/a/", starts="2021-06-04")

    assert data["location"] == {"@type": "Place", "name": "Backus Hospital", "address": "Norwich, Connecticut"}


def test_physician_names_only_what_is_known():
    assert json_ld.physician(name="A", path="/people/a/") == {
        "@type": "Physician",
        "name": "A",
        "url": "https://www.example.org/people/a/",
        "hospitalAffiliation": json_ld.hospital(),
    }
