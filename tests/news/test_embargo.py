"""A press release under embargo: until its instant nobody without an account learns of it, by whatever way."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from news.models import Article, Block
from pages.models import Block as PageBlock
from pages.models import Page
from publishing import drafting
from publishing.embargo import is_withheld
from publishing.models import PreviewLink
from search.rebuilding import rebuild
from tests.factories import (
    create_article,
    create_block,
    create_contact,
    create_document,
    create_editor,
    create_image,
    create_page,
    create_post_block,
    create_service,
    create_superuser,
    create_topic,
)
from tests.publishing.desk.forms import change_address, opened
from tests.responses import body_of

pytestmark = pytest.mark.django_db

# Noon on a Tuesday in Norwich, Connecticut.
INSTANT = datetime(2026, 6, 9, 16, tzinfo=UTC)
A_SECOND_BEFORE = INSTANT - timedelta(seconds=1)
SECRET = "Zebrafish wing opens"


def create_release(**fields):
    return create_article(
        **{
            "headline": SECRET,
            "slug": "zebrafish-wing",
            "kind": "press_release",
            "embargoed": True,
            "media_contact": create_contact(),
            "published_at": INSTANT,
            "summary": "Quokkaberry therapy comes to Norwich.",
            "body": "<p>Quokkaberry therapy is given here.</p>",
            **fields,
        }
    )


@pytest.fixture
def release():
    """A press release to come, and all that would tell of it if it were live."""
    topic = create_topic(name="Research", slug="research")
    topic.services.add(create_service(name="Surgery", slug="surgery"))
    release = create_release(image=create_image())
    release.topics.add(topic)
    other = create_article(headline="Older", slug="older", topics=[topic], published_at=INSTANT - timedelta(days=40))
    create_post_block(article=other, kind=Block.Kind.RELATED, address="/news/zebrafish-wing/")
    for path, about in (("", None), ("community", topic)):
        create_block(page=create_page(path=path), kind=PageBlock.Kind.NEWS, heading="News", count=3, topic=about)
    rebuild()
    return release


# Every public page that lists, links or finds posts.
TELLING = [
    *("/", "/community/", "/news/", "/news/topics/research/", "/news/2026/06/", "/news/feed/", "/news/older/"),
    *(
        "/sitemap-news.xml",
        "/news/sitemap.xml",
        "/news/rss/",
        "/services/surgery/",
        "/search/?q=quokkaberry",
        "/search/?q=zebrafish",
        "/es/news/",
    ),
    *("/search/suggestions/?q=zebraf", "/news/zebrafish-wing/", "/es/news/zebrafish-wing/"),
]


def told_at(at, address):
    """Return whether the public learns of the release at `address` at the instant `at`."""
    with time_machine.travel(at, tick=False):
        response = Client().get(address)
        body = body_of(response).decode()
    return any(words in body for words in (SECRET, "zebrafish-wing", "Quokkaberry", "Zebrafish"))


@pytest.mark.parametrize("address", TELLING)
def test_no_page_tells_of_it_a_second_before_and_each_does_at_the_instant(release, address):
    assert (told_at(A_SECOND_BEFORE, address), told_at(INSTANT, address)) == (False, True)


def test_a_typing_error_is_not_mended_into_a_word_of_it(release):
    address = "/search/?q=quokkaberrx"

    assert (told_at(A_SECOND_BEFORE, address), told_at(INSTANT, address)) == (False, True)


@pytest.mark.parametrize("published_at", [None, INSTANT])
@time_machine.travel(A_SECOND_BEFORE, tick=False)
def test_no_link_to_its_preview_can_be_made(client, published_at):
    release = create_release(published_at=published_at)
    client.force_login(create_superuser())

    response = client.post(change_address(release, "preview"), {"days": "7", "at": ""}, follow=True)

    assert PreviewLink.objects.count() == 0
    assert "No link is made: it is under embargo" in response.content.decode()
    assert "Make a link" not in response.content.decode()


def link_to(thing, **fields):
    return PreviewLink.objects.create(thing=thing, expires_at=timezone.now() + timedelta(days=7), **fields)


@pytest.mark.parametrize("at", [None, INSTANT + timedelta(days=1)])
def test_a_link_that_was_made_before_opens_nothing_until_the_instant(at):
    release = create_release(embargoed=False)
    with time_machine.travel(A_SECOND_BEFORE, tick=False):
        address = f"{release.get_absolute_url()}?preview={link_to(release, at=at).key}"
        before = Client().get(address)
        release.embargoed = True
        release.save()
        after = Client().get(address)

    with time_machine.travel(INSTANT, tick=False):
        at_the_instant = Client().get(address)

    assert [each.status_code for each in (before, after, at_the_instant)] == [200, 404, 200]
    assert SECRET not in after.content.decode()


@time_machine.travel(A_SECOND_BEFORE, tick=False)
def test_a_draft_that_lifts_the_embargo_has_not_lifted_it(client):
    editor = create_superuser()
    release = create_release()
    drafting.history.record(release, user=editor, deed="saved")
    client.force_login(editor)
    address = f"{release.get_absolute_url()}?preview={link_to(release).key}"

    fields = opened(client, release)
    fields.pop("embargoed")
    client.post(change_address(release), fields)

    assert drafting.draft_beside(release) is not None
    assert Client().get(address).status_code == 404


def test_a_draft_that_puts_a_scheduled_post_under_embargo_holds_at_once(client):
    with time_machine.travel(A_SECOND_BEFORE, tick=False):
        release, editor = create_release(embargoed=False), create_superuser()
        client.force_login(editor)
        change = change_address(release)
        client.post(change, {**opened(client, release), "embargoed": "on"})

        assert drafting.draft_beside(release) is not None
        assert list(Article.objects.embargoed(timezone.now())) == [release]


def test_the_old_address_of_what_is_still_to_come_does_not_lead_to_its_new_one(client):
    with time_machine.travel(A_SECOND_BEFORE, tick=False):
        release, editor = create_release(), create_superuser()
        client.force_login(editor)
        change = change_address(release)
        client.post(change, {**opened(client, release), "slug": "quokkaberry-therapy"})
        drafting.publish(release, user=editor, at=INSTANT)

        assert Article.objects.get().slug == "quokkaberry-therapy"
        assert Client().get("/news/zebrafish-wing/").status_code == 404


@time_machine.travel(A_SECOND_BEFORE, tick=False)
def test_a_link_to_another_page_at_an_instant_to_come_does_not_tell_of_it(release):
    later = INSTANT + timedelta(days=1)
    create_article(headline="Ordinary news to come", published_at=INSTANT)
    things = [*Page.objects.order_by("path"), Article.objects.get(slug="older")]

    pages = [Client().get(f"{thing.get_absolute_url()}?preview={link_to(thing, at=later).key}") for thing in things]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "Ordinary news to come" in pages[0].content.decode()
    assert not [page for page in pages if "ebrafish" in page.content.decode()]


@time_machine.travel(A_SECOND_BEFORE, tick=False)
def test_staff_who_may_look_see_its_preview(client, release):
    client.force_login(create_editor(permissions=["view_article"]))

    shown = client.get(release.get_absolute_url(), {"preview": f"news.article:{release.pk}"})

    assert (shown.status_code, SECRET in shown.content.decode()) == (200, True)


# Its documents


def answers(document, client=None):
    response = (client or Client()).get(document.get_absolute_url())
    body_of(response)  # which closes the file
    return response.status_code


def test_a_document_that_stands_there_alone_is_not_handed_out_before_the_instant(client):
    document = create_document()
    create_post_block(article=create_release(), kind=Block.Kind.DOCUMENT, document=document)
    client.force_login(create_editor())

    with time_machine.travel(A_SECOND_BEFORE, tick=False):
        before = answers(document)
        etag = Client().get(document.get_absolute_url(), headers={"if-none-match": f'"{document.content_hash}"'})
        to_staff = client.get(document.get_absolute_url())
        body_of(to_staff)
    with time_machine.travel(INSTANT, tick=False):
        after = answers(document)

    assert (before, etag.status_code, to_staff.status_code, after) == (404, 404, 200, 200)
    assert {"private", "no-store"} <= set(to_staff["Cache-Control"].split(", "))


@pytest.mark.parametrize(
    ("elsewhere", "status"),
    [("live page", 200), ("draft page", 404), ("live post", 200), ("link in a live text", 200), ("other release", 404)],
)
@time_machine.travel(A_SECOND_BEFORE, tick=False)
def test_a_document_is_withheld_unless_something_public_has_it_too(elsewhere, status):
    document = create_document()
    create_post_block(article=create_release(), kind=Block.Kind.DOCUMENT, document=document)
    if "page" in elsewhere:
        page = create_page(
            path="forms", published_at=None if elsewhere == "draft page" else INSTANT - timedelta(days=1)
        )
        create_block(page=page, kind=PageBlock.Kind.DOCUMENT, document=document)
    elif elsewhere == "link in a live text":
        create_article(body=f'<p><a href="{document.get_absolute_url()}">The report</a></p>')
    else:
        article = create_article() if elsewhere == "live post" else create_release(slug="second")
        create_post_block(article=article, kind=Block.Kind.DOCUMENT, document=document)

    assert answers(document) == status


@time_machine.travel(A_SECOND_BEFORE, tick=False)
def test_a_document_that_its_text_links_to_is_withheld_too():
    document = create_document()
    create_release(body=f'<p><a href="{document.get_absolute_url()}">The report</a></p>', published_at=None)

    assert answers(document) == 404


@time_machine.travel(A_SECOND_BEFORE, tick=False)
def test_a_document_of_no_press_release_costs_one_question_more(django_assert_num_queries):
    document = create_document()
    create_article(published_at=None)

    with django_assert_num_queries(1):
        assert is_withheld(document) is False


# Its pictures


def test_the_files_of_its_picture_are_named_on_no_public_page_before_the_instant(release):
    """Whoever knew the whole name of the file could open it; it holds a fingerprint that nobody can guess."""
    name = urlsplit(release.image.file.url).path.rpartition("/")[2].rpartition(".")[0]

    with time_machine.travel(A_SECOND_BEFORE, tick=False):
        before = [address for address in TELLING if name in body_of(Client().get(address)).decode()]
    with time_machine.travel(INSTANT, tick=False):
        after = [address for address in TELLING if name in body_of(Client().get(address)).decode()]

    assert before == []
    assert "/news/zebrafish-wing/" in after
    assert release.image.content_hash[:12] in name
