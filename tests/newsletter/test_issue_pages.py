"""The newsletters on the web: for everybody once they are live, for editors before."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from newsletter.models import Issue, PostsBlock, TextBlock
from newsletter.search import issue_documents
from newsletter.sitemaps import IssueSitemap
from tests.factories import create_article, create_editor, create_issue, create_superuser

pytestmark = pytest.mark.django_db
ARCHIVE = "/newsletter/issues/"


def test_a_newsletter_has_its_page_and_stands_in_the_archive(client):
    create_article(headline="Flu shots")
    issue = create_issue(
        subject="Autumn",
        slug="autumn",
        published_at=timezone.now(),
        blocks=[TextBlock(heading="Welcome", text="<p>Hello.</p>"), PostsBlock(heading="News")],
    )

    page = client.get("/newsletter/issues/autumn/")

    assert page.status_code == 200
    assert [part.kind for part in page.context["parts"]] == ["text", "posts"]
    assert "<p>Hello.</p>" in page.content.decode()
    assert 'href="/news/' in page.content.decode()
    assert list(client.get(ARCHIVE).context["page"]) == [issue]


@pytest.mark.parametrize("published_at", [None, timezone.now() + timedelta(days=3)], ids=["draft", "scheduled"])
def test_what_is_not_live_is_seen_by_its_editors_alone(client, published_at):
    issue = create_issue(published_at=published_at)
    address = issue.get_absolute_url()

    assert client.get(address).status_code == 404
    assert list(client.get(ARCHIVE).context["page"]) == []

    client.force_login(create_editor(permissions=["view_issue"]))
    assert client.get(address).status_code == 404
    client.force_login(create_superuser())
    assert client.get(address).status_code == 200
    assert list(IssueSitemap().items()) == []


def test_one_that_was_taken_down_is_gone(client):
    issue = create_issue(expires_at=timezone.now() - timedelta(days=1))

    assert client.get(issue.get_absolute_url()).status_code == 404


def test_it_is_found_by_its_words_and_in_the_sitemap():
    issue = create_issue(
        subject="Autumn", preheader="Flu shots", blocks=[TextBlock(text="<p>Wash <em>hands</em>.</p>")]
    )

    (document,) = issue_documents(Issue.objects.get())

    assert (document.title, document.summary, document.text.strip()) == ("Autumn", "Flu shots", "Wash hands.")
    assert document.path == reverse("newsletter:issue", args=[issue.slug])
    assert list(IssueSitemap().items()) == [issue]


@pytest.mark.parametrize("posts", [1, 15])
def test_the_page_costs_the_same_queries_whatever_its_number_of_posts(client, posts, django_assert_max_num_queries):
    for _number in range(posts):
        create_article()
    issue = create_issue(published_at=timezone.now(), blocks=[PostsBlock(heading="News", count=20)])

    with django_assert_max_num_queries(8):
        response = client.get(issue.get_absolute_url())

    assert len(response.context["parts"][0].posts) == posts


def test_pages_of_the_archive_that_are_not_there_are_not_found(client):
    assert client.get(ARCHIVE, {"page": "2"}).status_code == 404
    assert client.get(ARCHIVE, {"page": "\x00"}).status_code == 404
