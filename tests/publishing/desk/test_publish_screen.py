"""Publishing, taking down and what they leave behind: receipts, redirects, the log."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from news.models import Article
from publishing.models import AuditEntry, Draft, State
from tests.factories import create_alert, create_article, create_editor, create_superuser
from tests.publishing.desk.forms import change_address, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = create_superuser()
    client.force_login(user)
    return user


def publish(client, thing, **values):
    """Send the publish screen of `thing` with every warning ticked; return the response."""
    address = change_address(thing, "publish")
    ticks = [finding.key for finding in client.get(address).context["warnings"]]
    return client.post(address, {"when": "now", "tick": ticks, **values})


def actions():
    """Return what the log tells of news posts, in its order."""
    return list(AuditEntry.objects.filter(thing_model="news.article").order_by("pk").values_list("action", flat=True))


def test_draft_is_published_now_and_logged(client, editor):
    article = create_article(published_at=None)
    before = timezone.now()

    response = publish(client, article, note="Approved by Anna")

    article.refresh_from_db()
    assert response["Location"].endswith("/publish/?done=1")
    assert before <= article.published_at <= timezone.now()
    assert actions() == ["published"]


def test_receipt_says_why_a_visitor_does_not_find_it(client, editor, settings):
    settings.RECEIPT_URL = "http://127.0.0.1:9"
    article = create_article()

    page = client.get(change_address(article, "publish") + "?done=1").content.decode()

    assert "Not yet, because the site could not be reached at http://127.0.0.1:9." in page


@pytest.mark.parametrize("links", [1, 3])
def test_receipt_checks_nothing_again(client, editor, django_assert_num_queries, links):
    text = "".join(f'<p><a href="/news/gone-{number}/">click here</a></p>' for number in range(links))
    article = create_article(body=text, published_at=timezone.now() + timedelta(days=1))
    ContentType.objects.get_for_model(Article)  # asked once in a process

    with django_assert_num_queries(4):  # the session and who it is, the post, its draft
        page = client.get(change_address(article, "publish") + "?done=1").content.decode()

    assert "Not yet, because its time has not come yet." in page


def test_draft_is_scheduled_and_shown_so(client, editor):
    article = create_article(published_at=None)

    publish(client, article, when="later", at="2031-05-05T09:00")

    article.refresh_from_db()
    assert article.published_at.isoformat() == "2031-05-05T13:00:00+00:00"
    assert article.state_at() is State.SCHEDULED
    page = client.get(change_address(article)).content.decode()
    assert "Visitors see it from Monday, May 5, 2031, 9:00 AM EDT." in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"when": "later"}, "Say on which day and at what time."),
        ({"when": "later", "at": "2001-01-01T09:00"}, "This time is past."),
        ({"when": "later", "at": "9999-12-31T23:59"}, "Give a year up to"),
        ({"when": "later", "at": "tomorrow"}, "Enter a valid date/time."),
        ({"when": "whenever"}, "Select a valid choice."),
    ],
)
def test_time_that_makes_no_sense_is_refused_with_a_sentence(client, editor, values, sentence):
    article = create_article(published_at=None)

    response = publish(client, article, **values)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Article.objects.get().published_at is None


def test_warning_must_be_ticked(client, editor):
    article = create_article(published_at=None, body="<p>See you <a href='/'>here</a></p>")

    response = client.post(change_address(article, "publish"), {"when": "now"})

    assert "Look at each warning and tick it, or mend it." in response.content.decode()
    assert Article.objects.get().published_at is None


def test_error_keeps_it_from_being_published(client, editor):
    article = create_article(published_at=None, body='<p>See <a href="/no-such-page/">our hours</a>.</p>')

    response = publish(client, article)

    assert "Mend what is marked as an error first" in response.content.decode()
    assert Article.objects.get().published_at is None


def test_author_may_write_but_not_publish(client):
    client.force_login(create_editor(permissions=["change_article", "view_article"]))
    article = create_article(published_at=None)

    assert client.get(change_address(article)).status_code == 200
    assert client.get(change_address(article, "publish")).status_code == 403
    assert client.post(change_address(article, "publish"), {"when": "now"}).status_code == 403
    assert client.post(change_address(article, "unpublish"), {"reason": "archived"}).status_code == 403


def test_author_deletes_his_draft_but_nothing_that_the_public_sees(client):
    client.force_login(create_editor(permissions=["change_article", "view_article", "delete_article"]))
    live, draft = create_article(), create_article(published_at=None)

    assert client.post(change_address(live, "delete"), {"post": "yes"}).status_code == 403
    assert client.post(change_address(draft, "delete"), {"post": "yes"}).status_code == 302
    chosen = {"action": "delete_selected", "_selected_action": [live.pk], "post": "yes"}
    client.post("/admin/news/article/", chosen)
    assert list(Article.objects.all()) == [live]


def test_moved_page_leads_visitors_on(client, editor):
    article = create_article(slug="old-address")
    save(client, article, slug="new-address")
    assert client.get("/news/old-address/").status_code == 200

    publish(client, article)

    response = client.get("/news/old-address/")
    assert (response.status_code, response["Location"]) == (301, "/news/new-address/")


def test_archived_page_is_gone_and_says_so_in_the_list(client, editor):
    article = create_article()

    client.post(change_address(article, "unpublish"), {"reason": "archived", "note": "Over"})

    article.refresh_from_db()
    assert article.state_at() is State.ARCHIVED
    assert actions() == ["archived"]
    assert list(Article.objects.in_state("archived")) == [article]
    assert list(Article.objects.in_state("expired")) == []


def test_replaced_page_sends_visitors_to_the_other(client, editor):
    article, other = create_article(slug="old"), create_article(slug="other")

    client.post(change_address(article, "unpublish"), {"reason": "replaced", "replacement": other.get_absolute_url()})

    assert Client().get("/news/old/")["Location"] == "/news/other/"


@pytest.mark.parametrize(
    ("replacement", "sentence"),
    [("", "Say where its visitors go instead."), ("/news/old/", "This address would lead to itself.")],
)
def test_replacement_that_leads_nowhere_leaves_the_page_live(client, editor, replacement, sentence):
    article = create_article(slug="old")

    response = client.post(change_address(article, "unpublish"), {"reason": "replaced", "replacement": replacement})

    assert sentence in response.content.decode()
    assert Article.objects.get().state_at() is State.LIVE


def test_page_published_in_error_is_a_draft_again_with_its_newest_text(client, editor):
    article = create_article(headline="Wrong")
    save(client, article, headline="Right")

    client.post(change_address(article, "unpublish"), {"reason": "in_error"})

    article = Article.objects.get()
    assert (article.published_at, article.headline) == (None, "Right")
    assert Draft.objects.get().title == "Right"


def test_archived_page_is_published_again_only_with_a_new_end(client, editor):
    article = create_article()
    client.post(change_address(article, "unpublish"), {"reason": "archived"})

    assert "Mend what is marked" in publish(client, article).content.decode()
    save(client, article, expires_at="")
    assert publish(client, article).status_code == 302
    assert Article.objects.get().state_at() is State.LIVE


def test_live_page_without_changes_is_not_scheduled_away(client, editor):
    article = create_article()
    later = timezone.localtime(timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")

    response = publish(client, article, when="later", at=later)

    assert "It is live already" in response.content.decode()
    assert Article.objects.get().state_at() is State.LIVE


def test_alert_is_looked_for_on_the_home_page():
    assert create_alert().shown_at == "/"


def test_checks_ask_about_the_day_on_which_it_goes_live(client, editor):
    article = create_article(published_at=None, expires_at=timezone.now() + timedelta(days=10))
    later = timezone.localtime(timezone.now() + timedelta(days=20)).strftime("%Y-%m-%dT%H:%M")

    response = publish(client, article, when="later", at=later)

    assert [finding.code for finding in response.context["errors"]] == ["take-down-passed"]


def test_what_cannot_become_a_draft_again_stays_live_and_says_why(client, editor):
    article = create_article(slug="old")
    save(client, article, slug="taken")
    create_article(slug="taken")

    response = client.post(change_address(article, "unpublish"), {"reason": "in_error"})

    assert "The draft beside it cannot become its text" in response.content.decode()
    assert Article.objects.get(pk=article.pk).state_at() is State.LIVE


def test_no_redirect_is_left_where_taking_down_fails(client, editor):
    article = create_article()

    response = client.post(change_address(article, "unpublish"), {"reason": "replaced", "replacement": "javascript:x"})

    assert response.status_code == 200
    assert Article.objects.get(pk=article.pk).state_at() is State.LIVE


def test_scheduled_page_can_be_called_off_from_its_form(client, editor):
    article = create_article(published_at=timezone.now() + timedelta(days=2))
    address = change_address(article, "unpublish")
    assert f'href="{address}"' in client.get(change_address(article)).content.decode()

    client.post(address, {"reason": "in_error"})

    article.refresh_from_db()
    assert article.state_at() == State.DRAFT


def test_date_of_a_change_is_called_off(client, editor):
    article = create_article(headline="Old")
    save(client, article, headline="New")
    publish(client, article, when="later", at="2031-05-05T09:00")
    assert "Call the date off" in client.get(change_address(article, "publish")).content.decode()

    client.post(change_address(article, "publish"), {"call_off": "1"})

    assert Draft.objects.get().publish_at is None
    assert actions() == ["scheduled", "called off"]
