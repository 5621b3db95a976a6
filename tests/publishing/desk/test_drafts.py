"""A live page is changed without touching it: what visitors see, and what the editor sees."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Article
from pages.models import Block, Page
from publishing import drafting, history
from publishing.history import revisions_of
from publishing.models import AuditEntry, Draft
from tests.factories import (
    create_article,
    create_block,
    create_contact,
    create_page,
    create_promotion,
    create_superuser,
)
from tests.publishing.desk.forms import change_address, fields_of, opened, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = create_superuser()
    client.force_login(user)
    return user


@pytest.fixture
def parking():
    page = create_page(path="parking", title="Parking")
    create_block(page=page, kind=Block.Kind.TEXT, heading="Where", text="<p>Behind the house.</p>")
    create_block(page=page, kind=Block.Kind.FIGURE, value="300", label="places")
    return page


def test_draft_of_a_live_post_is_kept_beside_it(client, editor):
    article = create_article(headline="Old headline")

    response = save(client, article, headline="New headline")

    assert response.status_code == 302
    assert Article.objects.get(pk=article.pk).headline == "Old headline"
    assert Draft.objects.get().title == "New headline"
    assert opened(client, article)["headline"] == "New headline"


def test_draft_of_a_post_that_was_never_published_is_its_row(client, editor):
    article = create_article(headline="First try", published_at=None)

    save(client, article, headline="Second try")

    assert Article.objects.get(pk=article.pk).headline == "Second try"
    assert Draft.objects.get().saved_by == editor


def test_publishing_a_draft_shows_it_and_ends_it(client, editor):
    article = create_article(headline="Old headline")
    save(client, article, headline="New headline")

    drafting.publish(article, user=editor)

    article.refresh_from_db()
    assert article.headline == "New headline"
    assert not Draft.objects.exists()
    assert client.get(article.get_absolute_url()).status_code == 200


def test_blocks_of_a_live_page_are_drafted_edited_again_and_published(client, editor, parking):
    fields = opened(client, parking)
    text = next(name for name in fields if name.startswith("textblock") and name.endswith("-text"))
    added = {
        "figureblock-TOTAL_FORMS": "2",
        "figureblock-1-id": "",
        "figureblock-1-parent": str(parking.pk),
        "figureblock-1-value": "24",
        "figureblock-1-label": "hours",
        "figureblock-1-region": "main",
        "figureblock-1-ordering": "9999",
    }

    assert save(client, parking, fields, **added, **{text: "<p>In front.</p>"}).status_code == 302
    again = opened(client, parking)

    assert [block.value for block in parking.pages_block_set.all()] == ["", "300"]
    values = {again[name]: name for name in ("figureblock-0-value", "figureblock-1-value")}  # in whichever order
    assert sorted(values) == ["24", "300"]
    assert save(client, parking, again, **{values["24"]: "25"}).status_code == 302
    drafting.publish(parking, user=editor)
    blocks = list(parking.pages_block_set.order_by("ordering"))
    assert sorted(block.value for block in blocks) == ["", "25", "300"]
    assert all(block.pk < 2**53 for block in blocks)
    assert client.get("/parking/").content.decode().count("In front.") == 1


def test_removed_block_is_gone_only_once_it_is_published(client, editor, parking):
    fields = opened(client, parking)

    save(client, parking, fields, **{"figureblock-0-DELETE": "on"})

    assert parking.pages_block_set.count() == 2
    drafting.publish(parking, user=editor)
    assert parking.pages_block_set.count() == 1


def test_numbers_of_a_contact_are_drafted_with_it(client, editor):
    contact = create_contact(name="Billing", number="860-889-8331")

    save(client, contact, **{"numbers-0-number": "860-823-6389"})

    assert contact.numbers.get().displayed == "860.889.8331"
    drafting.publish(contact, user=editor)
    assert contact.numbers.get().displayed == "860.823.6389"


def test_scheduled_change_goes_live_at_its_time_and_not_before(client, editor):
    article = create_article(headline="Old headline")
    save(client, article, headline="New headline")
    soon = timezone.now() + timedelta(hours=1)
    drafting.publish(article, user=editor, at=soon)

    assert drafting.publish_due(soon - timedelta(seconds=1)) == []
    assert Article.objects.get().headline == "Old headline"
    assert drafting.publish_due(soon) == [article]
    assert Article.objects.get().headline == "New headline"
    assert drafting.publish_due(soon) == []


def test_what_goes_live_by_its_date_is_told_of_the_site_not_of_the_author(client, editor):
    article = create_article(headline="Old headline")
    save(client, article, headline="New headline")
    soon = timezone.now() + timedelta(hours=1)
    drafting.publish(article, user=editor, at=soon)

    drafting.publish_due(soon)

    told = AuditEntry.objects.filter(thing_model="news.article", thing_pk=str(article.pk)).order_by("pk")
    assert list(told.values_list("action", "user_pk")) == [("scheduled", editor.pk), ("published", None)]
    assert revisions_of(Article, article.pk)[0].revision.user is None


def test_scheduled_change_that_cannot_go_live_says_why_and_stops_no_other(client, editor):
    first, second = create_article(slug="first"), create_article(slug="second", headline="Second")
    save(client, first, slug="taken")
    save(client, second, headline="Second, changed")
    soon = timezone.now() + timedelta(hours=1)
    for article in (first, second):
        drafting.publish(article, user=editor, at=soon)
    create_article(slug="taken")

    assert drafting.publish_due(soon) == [second]
    assert Draft.objects.get().problem.startswith("Another page has the same address")


def test_invalid_form_says_so_keeps_the_text_and_stores_nothing(client, editor):
    article = create_article(headline="Old headline")

    response = save(client, article, headline="", summary="Half a thought")

    assert response.status_code == 200
    assert "This field is required." in response.content.decode()
    assert "Half a thought" in response.content.decode()
    assert not Draft.objects.exists()


def test_owner_and_next_review_hold_at_once(client, editor):
    article = create_article()

    save(client, article, owner=str(editor.pk), review_on="2027-01-15")

    article.refresh_from_db()
    assert (article.owner, str(article.review_on)) == (editor, "2027-01-15")


def test_new_post_is_a_draft_of_its_author(client, editor):
    blank = fields_of(client.get("/admin/news/article/add/"))
    form = {**blank, "headline": "Flu shots", "slug": "flu-shots", "body": "<p>Come.</p>", "_save": ""}

    response = client.post("/admin/news/article/add/", form)

    article = Article.objects.get()
    assert response.status_code == 302
    assert (article.published_at, Draft.objects.get().author) == (None, editor)
    assert client.cookies["desk_saved"].value == f"{editor.pk}:news.article:new"


def test_kept_text_is_shown_again_and_nothing_is_stored(client, editor):
    article = create_article(headline="Old headline")
    fields = opened(client, article)

    response = client.post(change_address(article), {**fields, "headline": "Typed at night", "_restore": "1"})

    assert response.status_code == 200
    assert 'value="Typed at night"' in response.content.decode()
    assert not Draft.objects.exists()


def test_draft_of_a_draft_survives_a_change_of_the_row_by_a_program(client, editor):
    article = create_article(headline="Old headline", summary="Old")
    save(client, article, headline="New headline")

    Article.objects.filter(pk=article.pk).update(caption="By a program")

    assert opened(client, article)["headline"] == "New headline"


def test_thrown_away_draft_leaves_the_live_page(client, editor):
    article = create_article(headline="Old headline")
    save(client, article, headline="New headline")

    client.post(change_address(article, "discard"))

    assert not Draft.objects.exists()
    assert opened(client, article)["headline"] == "Old headline"


def test_deleted_page_is_recovered_with_its_blocks(client, editor, parking):
    client.post(change_address(parking, "delete"), {"post": "yes"})
    assert not Page.objects.exists()
    listed = client.get("/admin/pages/page/recover/")
    version = listed.context["page"][0]

    client.post("/admin/pages/page/recover/", {"version": version.pk})

    recovered = Page.objects.get()
    assert (recovered.title, recovered.published_at) == ("Parking", None)
    blocks = recovered.pages_block_set.order_by("ordering")
    assert [block.heading or block.value for block in blocks] == ["Where", "300"]


def test_draft_whose_address_another_has_taken_still_opens_and_says_so(client, editor):
    article = create_article(slug="old", headline="Old")
    save(client, article, slug="taken", headline="New")
    create_article(slug="taken")

    response = client.get(change_address(article))

    page = response.content.decode()
    assert response.status_code == 200
    assert (fields_of(response)["slug"], fields_of(response)["headline"]) == ("old", "New")
    assert "Not as in the draft, but as visitors see it now: address." in page
    for screen in ("publish", "preview", "review", "history"):
        assert client.get(change_address(article, screen)).status_code == 200
    assert client.get(article.get_absolute_url(), {"preview": f"news.article:{article.pk}"}).status_code == 200


def test_draft_that_would_end_before_it_begins_still_opens(client, editor):
    article = create_article(headline="Old")
    drafting.unpublish(article, user=editor)
    archived = history.begin(article)
    Article.objects.update(published_at=timezone.now() + timedelta(days=1), expires_at=None, archived_at=None)

    drafting.restore(article, archived, user=editor)

    assert client.get(change_address(article)).status_code == 200


def test_restoring_an_address_that_another_has_by_now_is_refused_with_a_sentence(client, editor):
    article = create_article(slug="old", published_at=None)
    first = history.begin(article)
    save(client, article, slug="new")
    create_article(slug="old")

    response = client.post(change_address(article, "restore"), {"revision": first.pk}, follow=True)

    assert "It could not be restored: another has its address" in response.content.decode()
    assert Article.objects.get(pk=article.pk).slug == "new"


def test_two_blocks_that_show_what_is_gone_for_good_are_restored_without_it(client, editor, parking):
    promotion = create_promotion()
    for _each in range(2):
        create_block(page=parking, kind=Block.Kind.PROMOTION, promotion=promotion)
    first = history.begin(parking)
    Block.objects.filter(promotion=promotion).delete()
    promotion.delete()

    drafting.restore(parking, first, user=editor)
    drafting.publish(parking, user=editor)

    kinds = [block.kind for block in parking.pages_block_set.all()]
    assert kinds.count("promotion") == 2


def test_note_with_what_no_database_stores_is_kept_without_it(client, editor):
    article = create_article()

    assert save(client, article, headline="New", _note="One\x00two\nthree").status_code == 302

    assert Draft.objects.get().revision.comment == "One two three"


def test_saving_a_scheduled_change_says_that_it_is_no_longer_scheduled(client, editor):
    article = create_article()
    save(client, article, headline="Approved")
    drafting.publish(article, user=editor, at=timezone.now() + timedelta(days=1))

    response = client.post(change_address(article), {**opened(client, article), "headline": "Other"}, follow=True)

    assert "What you saved is another text, so it waits until somebody publishes it" in response.content.decode()
    assert Draft.objects.get().publish_at is None


def test_fault_in_one_scheduled_change_stops_no_other(client, editor):
    first, second = create_article(), create_article()
    for article in (first, second):
        save(client, article, headline="Changed")
        drafting.publish(article, user=editor, at=timezone.now() + timedelta(days=1))
    broken = Draft.objects.about(first).get().revision.version_set.get()
    broken.serialized_data = "[]"
    broken.save()

    done = drafting.publish_due(timezone.now() + timedelta(days=2))

    assert done == [second]
    assert Draft.objects.get().problem.startswith("A fault of the site stood in its way.")


def test_thing_of_a_kind_without_drafts_is_restored_at_once(client, editor, monkeypatch):
    from news.admin import ArticleAdmin

    monkeypatch.setattr(ArticleAdmin, "drafts_beside", False)
    article = create_article(headline="Old")
    save(client, article, headline="New")
    oldest = history.first_of(article)

    client.post(change_address(article, "restore"), {"revision": oldest.pk})

    assert Article.objects.get().headline == "Old"
    assert not Draft.objects.exists()
