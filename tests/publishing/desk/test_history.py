"""Every save is a version: who, when, why; compared, restored, and safe to look at."""

import random
import time

import pytest

from news.models import Article
from pages.models import Block
from publishing import drafting, history
from publishing.changes import changes, marked, words_of
from publishing.models import Draft, RevisionNote
from publishing.snapshots import read, take
from tests.factories import (
    create_article,
    create_block,
    create_editor,
    create_image,
    create_page,
    create_superuser,
    create_topic,
)
from tests.publishing.desk.forms import change_address, save

pytestmark = pytest.mark.django_db
SCREENS = ["change", "history", "compare", "preview", "review", "publish", "unpublish", "discard", "desk-state"]


@pytest.fixture
def editor(client):
    user = create_superuser()
    client.force_login(user)
    return user


def versions(thing):
    return list(history.revisions_of(type(thing), thing.pk))


def test_each_save_is_a_version_with_who_and_why(client, editor):
    article = create_article(headline="One")
    save(client, article, headline="Two", _note="A better word")

    newest, oldest = versions(article)

    assert (newest.revision.user, newest.revision.comment, newest.revision.note.deed) == (
        editor,
        "A better word",
        "draft",
    )
    assert (oldest.revision.user, oldest.revision.note.deed) == (None, "found")
    page = client.get(change_address(article, "history")).content.decode()
    assert "A better word" in page


def test_two_versions_are_compared_field_by_field_and_block_by_block(client, editor):
    first, second = create_topic(name="Food"), create_topic(name="Walks")
    parking = create_page(path="parking", title="Parking")
    kept = create_block(page=parking, kind=Block.Kind.TEXT, heading="Where", text="<p>Behind the old house.</p>")
    gone = create_block(page=parking, kind=Block.Kind.FIGURE, value="300", label="places")
    news = create_block(page=parking, kind=Block.Kind.NEWS, heading="News", topic=first)
    before = take(parking)
    gone.delete()
    Block.objects.filter(pk=kept.pk).update(text="<p>Behind the new house.</p>")
    Block.objects.filter(pk=news.pk).update(topic=second)
    create_block(page=parking, kind=Block.Kind.TEXT, heading="When", text="<p>Always.</p>")

    found = changes(before, take(parking))

    assert [(change.title, change.how) for change in found] == [
        ("Text: Where", "changed"),
        ("News", "changed"),
        ("Text: When", "added"),
        ("Figure: 300", "removed"),
    ]
    assert found[0].fields[0].marked == "Behind the <del>old</del><ins>new</ins> house."
    assert (found[1].fields[0].before, found[1].fields[0].after) == ("Food", "Walks")


def test_moved_block_is_told_as_moved():
    parking = create_page(path="parking")
    blocks = [create_block(page=parking, kind=Block.Kind.TEXT, text=f"<p>{n}</p>", ordering=n) for n in (1, 2, 3)]
    before = take(parking)
    Block.objects.filter(pk=blocks[0].pk).update(ordering=9)

    assert [change.how for change in changes(before, take(parking))] == ["moved"]


@pytest.mark.parametrize(
    ("before", "after", "safe"),
    [
        ("", "<script>alert(1)</script>", "<ins>&lt;script&gt;alert(1)&lt;/script&gt;</ins>"),
        ("<b>", "", "<del>&lt;b&gt;</del>"),
        ("a & b", "a & b", "a &amp; b"),
        ("", "", ""),
    ],
)
def test_differences_are_safe_to_show(before, after, safe):
    assert marked(before, after) == safe


def test_rich_text_is_told_in_lines():
    html = '<h2>Hours</h2><p>Ask <a href="/contact/">the desk</a> &amp; wait.<br>Soon.</p><ul><li>One</li></ul>'

    assert words_of(html) == "## Hours\nAsk the desk [/contact/] & wait.\nSoon.\n• One"


def test_old_version_of_a_live_page_is_restored_as_a_draft(client, editor):
    article = create_article(headline="One")
    save(client, article, headline="Two")
    drafting.publish(article, user=editor)
    oldest = versions(article)[-1]

    client.post(change_address(article, "restore"), {"revision": oldest.revision_id})

    assert Article.objects.get().headline == "Two"
    assert Draft.objects.get().title == "One"
    drafting.publish(article, user=editor)
    assert Article.objects.get().headline == "One"


def test_restored_page_has_its_removed_blocks_again(client, editor):
    parking = create_page(path="parking", published_at=None)
    create_block(page=parking, kind=Block.Kind.FIGURE, value="300", label="places")
    save(client, parking, **{"figureblock-0-DELETE": "on"})
    assert parking.pages_block_set.count() == 0

    client.post(change_address(parking, "restore"), {"revision": versions(parking)[-1].revision_id})

    assert parking.pages_block_set.get().value == "300"


@pytest.mark.parametrize("number", ["", "0", "x", "99999999999999999999", "-1"])
def test_version_that_is_not_there_is_told(client, editor, number):
    article = create_article()

    assert client.post(change_address(article, "restore"), {"revision": number}).status_code == 302
    assert client.get(change_address(article, "compare"), {"a": number, "b": number}).status_code == 302


def test_version_of_another_thing_cannot_be_restored_into_this_one(client, editor):
    article, other = create_article(headline="Mine"), create_article(headline="Other")
    save(client, other, headline="Other, changed")

    client.post(change_address(article, "restore"), {"revision": versions(other)[0].revision_id})

    assert not Draft.objects.about(article).exists()


def test_deleted_post_comes_back_with_the_picture_that_was_deleted_after_it(client, editor):
    image = create_image(alternative_text="The lobby.")
    history.record(image, user=editor, deed="saved")
    article = create_article(headline="With a picture", image=image)
    drafting.delete(article, user=editor)
    file_name = image.file.name
    image.delete()

    version = history.deleted(Article).get()
    article = drafting.recover(Article, int(version.object_id), version.revision, user=editor)

    assert (article.image.alternative_text, article.image.file.name) == ("The lobby.", file_name)


def test_nobody_restores_or_recovers_without_the_right(client):
    client.force_login(create_editor(permissions=["view_article"]))
    article = create_article()
    history.begin(article)

    number = versions(article)[0].revision_id
    assert client.post(change_address(article, "restore"), {"revision": number}).status_code == 403
    assert client.get("/admin/news/article/recover/").status_code == 403
    assert client.get(change_address(article, "history")).status_code == 200


def test_screens_of_a_kind_that_one_may_not_see_are_closed(client):
    client.force_login(create_editor(permissions=["change_event"]))
    article = create_article()

    for screen in (
        "change",
        "history",
        "compare",
        "preview",
        "review",
        "publish",
        "unpublish",
        "desk-state",
        "discard",
    ):
        assert client.get(change_address(article, screen)).status_code == 403


def test_stored_version_reads_back_as_it_was():
    parking = create_page(path="parking")
    create_block(page=parking, kind=Block.Kind.FIGURE, value="300", label="places")
    revision = history.begin(parking)

    assert read(revision, type(parking), parking.pk) == take(parking)


def test_long_texts_are_compared_at_once():
    words = [random.choice(["the", "a", "of", "ward", f"word{n}"]) for n in range(2000)]
    changed = [word if n % 50 else "changed" for n, word in enumerate(words)]
    begun = time.process_time()

    shown = marked(" ".join(words), " ".join(changed))

    assert time.process_time() - begun < 1
    assert "<ins>changed</ins>" in shown


def test_history_says_whether_restoring_is_seen_at_once(client, editor):
    image, article = create_image(), create_article()
    at_once = "restored here is seen by visitors at once"
    for thing in (image, article):
        history.record(thing, user=editor, deed=RevisionNote.Deed.SAVED)

    assert at_once in client.get(change_address(image, "history")).content.decode()
    assert at_once not in client.get(change_address(article, "history")).content.decode()
