"""The site as it will be: for the staff, for those with a link, and for nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from news.models import Article
from pages.models import Block, Page
from publishing import drafting, instant
from publishing.models import Draft, PreviewLink
from publishing.preview import Preview, Staged
from tests.factories import (
    create_alert,
    create_article,
    create_block,
    create_editor,
    create_page,
    create_promotion,
    create_superuser,
)
from tests.publishing.desk.forms import change_address, save

pytestmark = pytest.mark.django_db
MONDAY = "2031-05-05T09:00"  # Eastern: 13:00 UTC


@pytest.fixture
def editor(client):
    user = create_superuser()
    client.force_login(user)
    return user


def preview_of(client, thing, **query):
    query = {"preview": f"{thing._meta.label_lower}:{thing.pk}", **query}
    return client.get(thing.get_absolute_url(), query)


def link_to(client, thing, **values):
    client.post(change_address(thing, "preview"), {"days": "7", "at": "", **values})
    return PreviewLink.objects.latest("pk")


def test_editor_sees_the_draft_at_its_real_address_and_the_public_does_not(client, editor):
    article = create_article(headline="As it was")
    save(client, article, headline="As drafted")

    shown = preview_of(client, article)

    assert "As drafted" in shown.content.decode()
    assert "Visitors do not see this yet." in shown.content.decode()
    assert "As drafted" not in Client().get(article.get_absolute_url()).content.decode()
    assert Article.objects.get().headline == "As it was"


def test_draft_that_was_never_published_is_shown_as_if_it_were(client, editor):
    article = create_article(headline="New", published_at=None)

    assert preview_of(client, article).status_code == 200
    assert Article.objects.get().published_at is None


def test_preview_is_kept_out_of_caches_search_engines_and_other_sites_frames(client, editor):
    article = create_article()

    response = preview_of(client, article)

    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("value", ["news.article:{pk}", "site", "news.article:x", "auth.user:1", "", "\x00", "a:b:c"])
def test_stranger_sees_no_preview(value):
    article = create_article(published_at=None)

    response = Client().get("/", {"preview": value.format(pk=article.pk)})

    assert response.status_code == 404
    assert "This preview is not open" in response.content.decode()


def test_staff_without_the_right_to_see_the_kind_sees_no_preview(client):
    article = create_article(published_at=None)
    client.force_login(create_editor(permissions=["change_event"]))

    assert preview_of(client, article).status_code == 404


def test_home_page_is_shown_as_it_will_be_next_monday(client, editor):
    home = create_page(path="", title="Backus Hospital")
    create_block(page=home, kind=Block.Kind.NEWS, heading="News")
    begins, ends = datetime(2031, 5, 5, 12, tzinfo=UTC), datetime(2031, 5, 5, 13, tzinfo=UTC)
    create_article(headline="Appears before nine", published_at=begins)
    create_article(headline="Appears after nine", published_at=ends + timedelta(minutes=1))
    create_alert(heading="Gone by nine", expires_at=ends)
    promotion = create_promotion(title="Starts at eight", published_at=begins)
    create_block(page=home, kind=Block.Kind.PROMOTION, promotion=promotion)
    changed = create_article(headline="Live today")
    save(client, changed, headline="Changed on Monday")
    drafting.publish(changed, user=editor, at=begins)

    page = client.get("/", {"preview": "site", "at": MONDAY}).content.decode()

    told = ["Appears before nine", "Appears after nine", "Gone by nine", "Starts at eight", "Changed on Monday"]
    assert [words in page for words in told] == [True, False, False, True, True]
    assert "The site as it will be on Monday, May 5, 2031, 9:00 AM EDT." in page
    assert [words in client.get("/").content.decode() for words in told] == [False, False, True, False, False]


def test_shared_link_opens_the_draft_without_an_account_until_it_is_revoked(client, editor):
    article = create_article(headline="As drafted", published_at=None)
    link = link_to(client, article)
    address = f"{article.get_absolute_url()}?preview={link.key}"

    assert "As drafted" in Client().get(address).content.decode()
    client.post(change_address(article, "preview"), {"revoke": link.pk})

    assert Client().get(address).status_code == 404


def test_shared_link_ends(client, editor):
    article = create_article(published_at=None)
    link = link_to(client, article, days="1")
    assert timezone.now() + timedelta(hours=23) < link.expires_at < timezone.now() + timedelta(hours=25)

    PreviewLink.objects.update(expires_at=timezone.now())

    assert Client().get(f"{article.get_absolute_url()}?preview={link.key}").status_code == 404


def test_shared_link_sets_no_cookie_and_opens_nothing_else_that_is_unpublished(client, editor):
    article, other = create_article(published_at=None), create_article(published_at=None)
    link = link_to(client, article)

    response = Client().get(f"{article.get_absolute_url()}?preview={link.key}")

    assert response.cookies == {}
    assert Client().get(f"{other.get_absolute_url()}?preview={link.key}").status_code == 404


def test_preview_takes_nothing(client, editor):
    article = create_article()
    link = link_to(client, article)

    assert Client().post(f"/newsletter/?preview={link.key}", {"email": "a@example.org"}).status_code == 405


@pytest.mark.parametrize("at", ["9999-12-31T23:59", "0001-01-01T00:00", "monday", "\x00", "2031-05-05T25:00"])
def test_time_that_the_calendar_does_not_know_shows_the_page_as_of_now(client, editor, at):
    article = create_article()

    assert preview_of(client, article, at=at).status_code == 200
    page = client.get(change_address(article, "preview"), {"at": at}).content.decode()
    assert "This is no day and time that the calendar knows." in page


def test_screen_shows_two_widths_and_the_links(client, editor):
    article = create_article(published_at=None)
    link = link_to(client, article)

    page = client.get(change_address(article, "preview")).content.decode()

    assert page.count("<iframe") == 2
    assert f"preview={link.key}" in page
    assert Draft.objects.count() == 0


def test_shared_link_opens_its_own_page_and_no_other(client, editor):
    article = create_article(headline="As drafted", published_at=None)
    link = link_to(client, article, at=MONDAY)
    secret = create_article(headline="Secret till Monday", published_at=datetime(2031, 5, 5, tzinfo=UTC))

    shown = Client().get(f"{article.get_absolute_url()}?preview={link.key}").content.decode()

    assert "data-preview=" not in shown
    addresses = ["/", "/news/", "/news/feed/", "/sitemap.xml", "/search/", secret.get_absolute_url()]
    for address in addresses:
        response = Client().get(address, {"preview": str(link.key), "q": "Secret", "at": MONDAY})
        assert response.status_code == 404
        assert "Secret till Monday" not in response.content.decode()


def test_link_to_what_was_taken_down_opens_nothing(client, editor):
    article = create_article()
    link = link_to(client, article)

    drafting.unpublish(article, user=editor, in_error=True)

    assert Client().get(f"{article.get_absolute_url()}?preview={link.key}").status_code == 404


def test_who_may_only_look_shares_no_link(client_of, client, editor):
    article = create_article(published_at=None)
    link = link_to(client, article)
    viewer = client_of(create_editor(permissions=["view_article"]))

    page = viewer.get(change_address(article, "preview"))
    answers = [viewer.post(change_address(article, "preview"), values) for values in ({"days": "7"}, {"revoke": "1"})]

    assert "Make a link" not in page.content.decode()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert PreviewLink.objects.valid().get() == link


def test_next_page_is_of_today_even_where_a_preview_fails(client, editor, monkeypatch):
    def fail(self):
        raise ZeroDivisionError

    monkeypatch.setattr(Staged, "_apply", fail)
    with pytest.raises(ZeroDivisionError), Staged(Preview("site", None, datetime(2031, 5, 5, tzinfo=UTC))):
        pass

    assert instant.now() < datetime(2031, 5, 5, tzinfo=UTC)


def test_preview_writes_nothing(client, editor):
    parking = create_page(path="parking")
    create_block(page=parking, kind=Block.Kind.FIGURE, value="300", label="places")
    save(client, parking, title="Drafted", **{"figureblock-0-value": "200"})
    before = everything()

    preview_of(client, parking, at=MONDAY)
    client.get("/nowhere/", {"preview": "site"})
    Client().get("/parking/", {"preview": "nothing"})

    assert everything() == before


def everything():
    """Return the number of rows of each table and the content of the pages, as the database has them."""
    counts = {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}
    return counts, list(Block.objects.values()), list(Page.objects.values())


@pytest.mark.parametrize("value", ["news.article:²", "news.article:-1", f"news.article:{'9' * 30}", "a" * 5000])
def test_preview_of_nothing_that_could_be_is_not_open_for_staff_either(client, editor, value):
    assert client.get("/", {"preview": value}).status_code == 404


def test_author_who_may_not_publish_is_not_sent_to_publish(client):
    client.force_login(create_editor(permissions=["view_article", "change_article"]))
    article = create_article()

    page = client.get(change_address(article, "preview")).content.decode()

    assert "Open the preview in a tab" in page
    assert change_address(article, "publish") not in page
