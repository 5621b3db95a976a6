from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.signals import request_finished
from django.db import transaction
from django.utils import timezone

from publishing.checks import visits
from publishing.checks.visits import Visit, visit
from publishing.redirects import leave_redirect
from tests.factories import (
    create_article,
    create_document,
    create_menu_item,
    create_page,
    create_promotion,
    create_service,
)
from tests.publishing.checks.reading import found, messages

pytestmark = pytest.mark.django_db


def linked(href, words="Our own words", **fields):
    return create_article(body=f'<p>See <a href="{href}">{words}</a>.</p>', **fields)


@pytest.mark.parametrize(
    "href",
    [
        *(
            "/",
            "/er/",
            "/es/",
            "/es/er/",
            "/news/",
            "/news",
            "/search/?q=care",
            "/events/calendar.ics",
            "/contact/#main",
        ),
        *(
            "/favicon.ico",
            "/robots.txt",
            "#parking",
            "https://example.org/nothing",
            "mailto:anna@example.org",
            "tel:911",
        ),
    ],
)
def test_links_that_lead_somewhere_are_good(href):
    assert found(linked(href), "broken-link", "link-not-checked", "link-to-unpublished") == []


@pytest.mark.parametrize(
    "href",
    [
        *("/nothing/", "/news/nothing/", "/es/nothing/", "/en/er/", "/news/2021/13/", "/news/topics/nothing/"),
        *("/media/images/2026/nothing.jpg", "/media/../secret_key", "/static/nothing.css", "/%00/", "/nothing.html"),
        *("www.example.org", "?page=abc/../", "/" + "a" * 3000 + "/", "/newsletter/confirm/nonsense/"),
    ],
)
def test_links_that_lead_nowhere_are_errors(href):
    if href.startswith("?"):
        href = "/no-such-page/" + href

    assert found(linked(href)) == [("error", "broken-link", "article", "body")]


def test_the_link_is_named_by_its_words_and_address():
    assert messages(linked("/hours/", "Opening hours"), "broken-link") == [
        "The link “Opening hours” (/hours/) leads to a page that does not exist."
    ]
    assert messages(linked("www.example.org", "Our partner"), "broken-link") == [
        "The link “Our partner” (www.example.org) leads to a page that does not exist. Begin the address of another "
        "site with https://, and that of a page of ours with /."
    ]


def test_uploaded_and_static_files_are_looked_for():
    name = default_storage.save("videos/film.mp4", ContentFile(b"film"))

    assert found(linked(f"/media/{name}")) == []
    assert found(linked(staticfiles_storage.url("css/site.css"))) == []


def test_documents_are_asked_for_at_their_address():
    document = create_document()

    assert found(linked(document.get_absolute_url())) == []
    assert found(linked("/documents/999999/leaflet/")) == [("error", "broken-link", "article", "body")]


def test_asking_for_a_page_does_not_end_the_request_that_asks():
    document, ended = create_document(), []

    def note(**kwargs):
        ended.append(kwargs)

    request_finished.connect(note)
    try:
        found_there = [visit(address).found for address in ("/contact/", document.get_absolute_url())]
    finally:
        request_finished.disconnect(note)

    # Django closes the database at the end of a request, also amid a transaction.
    assert (found_there, ended) == ([True, True], [])


def test_fields_for_links_are_tried_too():
    promotion = create_promotion(link_label="Our plans", link_address="/plans/")

    assert found(promotion) == [("error", "broken-link", "promotion", "link_address")]
    assert found(create_menu_item(address="/plans/")) == [("error", "broken-link", "menuitem", "address")]


def test_a_link_to_what_is_not_live_is_a_warning_with_its_name():
    service = create_service(name="Sleep center", published_at=None)
    page = create_page(path="plans", title="Our plans", expires_at=timezone.now() - timedelta(days=1))
    article = linked(service.get_absolute_url(), "Sleep")

    assert found(article) == [("warning", "link-to-unpublished", "article", "body")]
    assert messages(article, "link-to-unpublished") == [
        f"The link “Sleep” ({service.get_absolute_url()}) leads to “Sleep center”, which is not live (Draft)."
    ]
    assert messages(linked(page.get_absolute_url()), "link-to-unpublished") == [
        "The link “Our own words” (/plans/) leads to “Our plans”, which is not live (Expired)."
    ]


def test_what_will_be_live_by_then_is_good():
    at = datetime(2090, 1, 1, tzinfo=UTC)
    service = create_service(published_at=at - timedelta(days=1))
    article = linked(service.get_absolute_url())

    assert found(article, at=at) == []
    assert found(article) == [("warning", "link-to-unpublished", "article", "body")]


def test_a_link_to_where_a_page_was_is_a_warning_with_its_new_address():
    create_page(path="visitors")
    leave_redirect("/visiting/", "/visitors/")
    article = linked("/visiting/", "Visiting")

    assert found(article) == [("warning", "link-to-moved", "article", "body")]
    assert messages(article, "link-to-moved") == [
        "The page of the link “Visiting” (/visiting/) has moved: link to /visitors/."
    ]


def test_an_address_that_is_nearly_right_is_told():
    create_page(path="community/food-pantry")

    assert messages(linked("/community/food-pantri/", "Food"), "broken-link") == [
        "The link “Food” (/community/food-pantri/) leads to a page that does not exist. "
        "Perhaps you mean /community/food-pantry/."
    ]


def test_what_exists_for_the_demonstration_only_is_not_live_without_it(settings):
    page = create_page(path="plans", title="Our plans", demonstration=True)
    settings.DEMONSTRATION = False

    assert messages(linked("/plans/"), "link-to-unpublished") == [
        "The link “Our own words” (/plans/) leads to “Our plans”, which is not live (Demonstration)."
    ]
    assert page.is_published_at() is False


def test_a_draft_may_link_to_itself():
    article = linked("/news/our-plans/", slug="our-plans", published_at=None)

    assert found(article) == []


def test_a_page_that_fails_is_left_to_the_editor_and_spoils_no_transaction(monkeypatch, caplog):
    article = linked("/er/")
    with transaction.atomic():
        monkeypatch.setattr(visits, "_resolved", lambda path: FailingMatch)
        outcome = found(article)
        article.refresh_from_db()

    assert outcome == [("warning", "link-not-checked", "article", "body")]
    assert "'/er/' could not be asked" in caplog.text


class FailingMatch:
    args, kwargs = (), {}

    @staticmethod
    def func(request):
        create_service(name="x" * 2000, summary=None)


def test_only_so_many_views_are_asked_for_one_page(monkeypatch):
    monkeypatch.setattr(visits, "MOST_VIEWS", 1)
    service = create_service()
    links = "".join(f'<a href="{href}">Our words</a>' for href in ("/er/", "/news/", service.get_absolute_url()))

    assert found(create_article(body=f"<p>{links}</p>")) == [("warning", "link-not-checked", "article", "body")]


def test_a_visit_does_as_a_visitor_who_is_not_signed_in():
    article = create_article(published_at=None)

    assert visit(article.get_absolute_url()) == Visit(found=False, hidden=article)
    assert visit("/er/") == Visit(found=True)


@pytest.mark.parametrize(
    ("href", "code", "level"),
    [
        ("https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2F", "tracked-link", "error"),
        ("https://protect-us.mimecast.com/s/AbCd?domain=example.org", "tracked-link", "error"),
        ("https://example.org/?utm_source=mail", "counting-link", "warning"),
        ("/admin/news/article/", "staff-link", "error"),
        ("http://localhost:8000/er/", "unreachable-link", "error"),
        ("http://[", "malformed-link", "error"),
        ("http://www.backus.example/er/", "unencrypted-link", "warning"),
        ("mailto:", "empty-mail-link", "warning"),
        ("mailto:?subject=Hello", "empty-mail-link", "warning"),
        ("mailto:anna", "empty-mail-link", "warning"),
        ("tel:", "empty-phone-link", "warning"),
    ],
)
def test_addresses_that_should_not_stand_in_a_page(settings, href, code, level):
    settings.SITE_URL = "https://www.backus.example"

    assert found(linked(href)) == [(level, code, "article", "body")]


def test_own_addresses_may_be_written_out(settings):
    settings.SITE_URL = "https://www.backus.example"

    assert found(linked("https://www.backus.example/er/")) == []
    assert found(linked("https://backus.example/nothing/")) == [("error", "broken-link", "article", "body")]


def test_the_address_inside_a_wrapped_link_is_offered():
    href = "https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa&amp;data=05"

    assert messages(linked(href, "Our partner"), "tracked-link") == [
        "The link “Our partner” (https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa"
        "&data=05) leads over a mail filter or tracker. Put this in its place: https://example.org/a"
    ]
