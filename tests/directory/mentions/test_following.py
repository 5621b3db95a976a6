"""A contact's number changes once, and every text of the site follows."""

import pytest

from directory.mentions.following import follow
from directory.models import ContactNumber, FollowedText
from news.models import Article
from pages.models import Block
from publishing import drafting, history
from publishing.models import Draft, SetAside
from publishing.snapshots import read, take
from search.models import Entry
from tests.directory.mentions.changing import publish_number, save, told, with_fields, with_number
from tests.factories import (
    create_alert,
    create_article,
    create_block,
    create_contact,
    create_number,
    create_page,
    create_superuser,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("worker")]

OLD, NEW = "860.425.3800", "860.425.9999"
BODY = '<p>Call <a href="tel:+18604253800" rel="noopener noreferrer">860-425-3800</a> &amp; ask, or (860) 425-3800.</p>'
FOLLOWED = (
    '<p>Call <a href="tel:+18604259999" rel="noopener noreferrer">860-425-9999</a> &amp; ask, or (860) 425-9999.</p>'
)


@pytest.fixture
def clinic(committed):
    with committed():
        return create_contact(name="Wound Care", number="860-425-3800")


@pytest.fixture
def article(clinic, committed):
    with committed():
        article = create_article(headline="Wounds", body=BODY, summary="Ring 860.425.3800 today.")
    return Article.objects.get(pk=article.pk)


def test_every_text_follows_a_number_that_is_published(clinic, article, committed):
    with committed():
        page = create_page(title="Healing")
        block = create_block(page=page, kind=Block.Kind.TEXT, text="<p>8604253800</p>")
        care = create_block(
            page=page,
            kind=Block.Kind.STORY,
            heading="Care",
            text="<p>Us</p>",
            link_label="Call",
            link_address="tel:860-425-3800",
        )
        alert = create_alert(heading="Closed", text="<p>Call 860.425.3800 first.</p>")

    with committed():
        publish_number(clinic, OLD, NEW)

    for thing in (article, block, care, alert):
        thing.refresh_from_db()
    assert (article.body, article.summary) == (FOLLOWED, "Ring 860.425.9999 today.")
    assert (block.text, care.link_address) == ("<p>8604259999</p>", "tel:860-425-9999")
    assert alert.text == "<p>Call 860.425.9999 first.</p>"
    assert sorted(str(each.thing) for each in FollowedText.objects.filter(problem="")) == [
        "Closed",
        "Healing",
        "Wounds",
    ]
    assert [state for _words, state, _name in told()] == ["matched"] * 7


def test_the_change_stands_in_the_history_and_in_the_search(clinic, article, committed):
    with committed():
        publish_number(clinic, OLD, NEW)

    newest = history.head_of(article)
    assert newest.comment == f"The number of Wound Care changed in the directory: it is {NEW}."
    assert read(newest, Article, article.pk).root.fields["body"] == FOLLOWED
    texts = {entry.title: entry.summary for entry in Entry.objects.all()}
    assert texts["Wounds"] == "Ring 860.425.9999 today."


def test_nothing_follows_while_the_change_is_a_draft(clinic, article, committed):
    with committed():
        save(clinic, with_number(clinic, OLD, NEW))

    article.refresh_from_db()
    assert article.body == BODY


def test_only_digits_of_this_number_change(clinic, committed):
    with committed():
        other = create_contact(name="Hospice", number="860-425-6500")
        article = create_article(
            body='<h2 >860-425-6500</h2><p>A&nbsp;<em>b</em> 860-425-38001</p><p title="860-425-3800">860-425-3800</p>'
        )
    article = Article.objects.get(pk=article.pk)
    before = str(article.body)

    with committed():
        publish_number(clinic, OLD, NEW)

    article.refresh_from_db()
    assert article.body == before.replace("860-425-3800</p>", "860-425-9999</p>")
    assert other.name == "Hospice"


def test_an_extension_follows_too(committed):
    with committed():
        contact = create_contact(name="Records", number="860-425-3800 ext. 2215")
        article = create_article(
            body='<p><a href="tel:+18604253800,2215">860-425-3800</a>, ext. 2215 or 860-425-3800</p>'
        )

    with committed():
        publish_number(contact, "860.425.3800 ext. 2215", "860-425-9999 ext. 17")

    article.refresh_from_db()
    assert article.body == (
        '<p><a href="tel:+18604259999,17" rel="noopener noreferrer">860-425-9999</a>, ext. 17 or 860-425-3800</p>'
    )


def test_what_is_not_yet_published_follows_in_its_row(clinic, committed):
    with committed():
        article = create_article(body=BODY, published_at=None)
        drafting.begin_draft(article, user=None)

    with committed():
        publish_number(clinic, OLD, NEW)

    article.refresh_from_db()
    draft = Draft.objects.about(article).get()
    assert article.body == FOLLOWED
    assert read(draft.revision, Article, article.pk).root.fields["body"] == article.body


def test_a_draft_beside_a_live_text_follows_and_keeps_its_review(clinic, article, committed):
    with committed():
        save(article, with_fields(take(article), body="<p>New words: 860.425.3800</p>"))
        Draft.objects.about(article).update(review=Draft.Review.APPROVED)

    with committed():
        publish_number(clinic, OLD, NEW)

    draft = Draft.objects.about(article).get()
    article.refresh_from_db()
    assert article.body == FOLLOWED
    assert read(draft.revision, Article, article.pk).root.fields["body"] == "<p>New words: 860.425.9999</p>"
    assert (draft.review, history.head_of(article)) == (Draft.Review.APPROVED, draft.revision)


def test_a_draft_without_the_number_is_still_what_an_editor_opens(clinic, article, committed):
    with committed():
        save(article, with_fields(take(article), body="<p>No number any more.</p>", summary=""))

    with committed():
        publish_number(clinic, OLD, NEW)

    draft = Draft.objects.about(article).get()
    assert history.head_of(article) == draft.revision
    assert read(draft.revision, Article, article.pk).root.fields["body"] == "<p>No number any more.</p>"


def test_a_draft_alone_may_have_the_number(clinic, committed):
    with committed():
        article = create_article(body="<p>No number yet.</p>")
        save(article, with_fields(take(article), body="<p>Call 860.425.3800</p>"))

    with committed():
        publish_number(clinic, OLD, NEW)

    draft = Draft.objects.about(article).get()
    article.refresh_from_db()
    assert article.body == "<p>No number yet.</p>"
    assert read(draft.revision, Article, article.pk).root.fields["body"] == "<p>Call 860.425.9999</p>"


def test_who_has_the_text_open_meanwhile_is_shown_both_versions(clinic, article, committed):
    opened = history.begin(article)
    mine = with_fields(take(article), headline="Wounds heal")

    with committed():
        publish_number(clinic, OLD, NEW)
    nurse = create_superuser()
    saved = drafting.save(Article.objects.get(pk=article.pk), mine, base=opened, user=nurse)

    assert saved.set_aside == SetAside.objects.about(article).get()
    article.refresh_from_db()
    assert (article.headline, article.body) == ("Wounds", FOLLOWED)


def test_following_twice_changes_nothing_more(clinic, article, committed):
    with committed():
        publish_number(clinic, OLD, NEW)
    revisions = history.revisions_of(Article, article.pk).count()

    with committed():
        again = follow(clinic.numbers.get().pk)

    assert (again, history.revisions_of(Article, article.pk).count()) == (0, revisions)


def test_a_slip_is_taken_back_everywhere(clinic, article, committed):
    with committed():
        publish_number(clinic, OLD, NEW)
    with committed():
        publish_number(clinic, NEW, OLD)

    article.refresh_from_db()
    assert article.body == BODY


def test_two_changes_before_the_worker_comes_are_one(clinic, article, committed, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with committed():
        publish_number(clinic, OLD, "860.425.7777")
    with committed():
        publish_number(clinic, "860.425.7777", NEW)

    with committed():
        follow(clinic.numbers.get().pk)

    article.refresh_from_db()
    assert article.body == FOLLOWED


def test_a_text_that_cannot_take_the_number_stays_and_is_told(clinic, article, committed):
    with committed():
        long = create_article(
            headline="Long", summary="x" * (Article._meta.get_field("summary").max_length - 13) + " 860.425.3800"
        )

    with committed():
        publish_number(clinic, OLD, "860.425.9999 ext. 12345")

    article.refresh_from_db()
    long.refresh_from_db()
    told = {str(each.thing): bool(each.problem) for each in FollowedText.objects.all()}
    assert told == {"Long": True, "Wounds": False}
    assert (article.summary, long.summary[-13:]) == ("Ring 860.425.9999 ext. 12345 today.", " 860.425.3800")


def test_a_contact_that_is_taken_down_or_deleted_changes_no_text(clinic, article, committed):
    with committed():
        drafting.unpublish(clinic, user=None)

    assert {state for _words, state, _name in told(article)} == {"unknown"}

    clinic.refresh_from_db()
    clinic.expires_at = None
    with committed():
        clinic.save()

    assert {state for _words, state, _name in told(article)} == {"matched"}

    with committed():
        drafting.delete(clinic, user=None)

    article.refresh_from_db()
    assert article.body == BODY
    assert {state for _words, state, _name in told(article)} == {"unknown"}


def test_an_old_version_that_is_restored_is_listed_and_not_rewritten(clinic, article, committed):
    with committed():
        old = history.begin(article)
    with committed():
        publish_number(clinic, OLD, NEW)
    article.refresh_from_db()

    with committed():
        drafting.restore(article, old, user=None, at_once=True)

    article.refresh_from_db()
    assert article.body == BODY
    assert {state for _words, state, _name in told(article)} == {"unknown"}
    with committed():
        follow(clinic.numbers.get().pk)
    article.refresh_from_db()
    assert article.body == BODY


def test_a_number_that_becomes_a_short_code_is_told(committed):
    with committed():
        contact = create_contact(name="Helpline")
        number = create_number(contact=contact, kind=ContactNumber.Kind.SHORT_CODE, short_code="31996")
        article = create_article(body="<p>Text HELP to 31996.</p>")

    with committed():
        number.short_code = "41411"
        number.save()

    article.refresh_from_db()
    assert article.body == "<p>Text HELP to 41411.</p>"

    with committed():
        number.kind, number.short_code, number.number = ContactNumber.Kind.VOICE, "", "860-425-3800"
        number.save()

    article.refresh_from_db()
    assert article.body == "<p>Text HELP to 41411.</p>"
    assert [each.problem for each in FollowedText.objects.filter(became="+18604253800")] == [
        "A short code cannot take the place of a phone number, or the other way round."
    ]
