"""An author writes, a reviewer looks: what each may do, and what is told to whom."""

import pytest

from publishing.models import Draft, ReviewNote
from publishing.reviewing import tell_author
from tests.factories import create_article, create_editor, create_superuser
from tests.publishing.desk.forms import change_address, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client_of):
    client = client_of(
        create_editor(permissions=["add_article", "change_article", "view_article"], email="a@example.org")
    )
    return client


@pytest.fixture
def reviewer(client_of):
    return client_of(create_editor(permissions=["view_article", "publish_article"]))


def step(client, article, name, text=""):
    return client.post(change_address(article, "review"), {"step": name, "text": text})


def review_of(article):
    return Draft.objects.about(article).get().review


def test_draft_goes_to_review_is_sent_back_and_approved(author, reviewer):
    article = create_article()
    save(author, article, headline="Better")

    step(author, article, "submitted", "Please look.")
    assert review_of(article) == "submitted"
    step(reviewer, article, "sent_back", "Name the clinic.")
    assert review_of(article) == "sent_back"
    step(author, article, "submitted")
    response = step(reviewer, article, "approved")

    assert review_of(article) == "approved"
    assert response["Location"] == change_address(article, "publish")
    assert [note.step for note in ReviewNote.objects.all()] == ["submitted", "sent_back", "submitted", "approved"]


def test_text_changed_after_its_approval_is_no_longer_approved(author, reviewer):
    article = create_article()
    save(author, article, headline="Better")
    step(author, article, "submitted")
    step(reviewer, article, "approved")

    save(author, article, headline="Quite different")

    assert review_of(article) == "writing"


@pytest.mark.parametrize("name", ["approved", "sent_back", "published", "", "comment\x00"])
def test_author_cannot_approve(author, name):
    article = create_article()
    save(author, article, headline="Better")

    assert step(author, article, name, "I approve myself.").status_code == 403
    assert review_of(article) == "writing"


def test_sending_back_needs_a_word_why(author, reviewer):
    article = create_article()
    save(author, article, headline="Better")
    step(author, article, "submitted")

    response = step(reviewer, article, "sent_back", "   ")

    assert "Write what the author should know." in response.content.decode()
    assert review_of(article) == "submitted"


def test_author_is_told_by_mail(author, reviewer, mailoutbox):
    article = create_article(headline="Old")
    save(author, article, headline="Better")
    draft = Draft.objects.get()

    tell_author.func(draft.content_type_id, draft.object_id, "a@example.org", "sent_back", "Name the clinic.")

    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["a@example.org"], "Sent back: Old")
    assert "Name the clinic." in mail.body
    assert f"/admin/news/article/{article.pk}/review/" in mail.body


def test_review_of_what_was_published_meanwhile_is_told(author):
    article = create_article()

    response = step(author, article, "submitted")

    assert response["Location"] == change_address(article)


def test_words_of_a_lesser_role_run_nothing_on_the_screens_of_a_higher(author, client_of):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    article = create_article(headline="Old")
    save(author, article, headline=hostile, body=f"<p>{hostile}</p>", _note=hostile)
    step(author, article, "submitted", hostile)
    chief = client_of(create_superuser())

    for screen in ("change", "review", "publish", "preview", "history", "unpublish", "discard"):
        page = chief.get(change_address(article, screen)).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_text_that_its_author_changed_under_the_reviewers_eyes_is_not_approved(author, reviewer):
    article = create_article()
    save(author, article, headline="Better")
    step(author, article, "submitted")
    seen = reviewer.get(change_address(article, "review")).context["draft"].revision_id
    save(author, article, headline="Quite different")

    response = reviewer.post(change_address(article, "review"), {"step": "approved", "seen": seen})

    assert "Somebody has saved the draft since you opened this page." in response.content.decode()
    assert review_of(article) == "writing"


def test_text_that_its_author_changed_under_the_publishers_eyes_does_not_go_live(author, reviewer):
    article = create_article(headline="Old")
    save(author, article, headline="Better")
    shown = reviewer.get(change_address(article, "publish"))
    save(author, article, headline="Quite different")
    ticks = [finding.key for finding in shown.context["warnings"]]
    values = {"when": "now", "tick": ticks, "seen": shown.context["seen"]}

    response = reviewer.post(change_address(article, "publish"), values)

    assert "Somebody has saved it since you opened this page." in response.content.decode()
    article.refresh_from_db()
    assert article.headline == "Old"
    reviewer.post(change_address(article, "publish"), {**values, "seen": response.context["seen"]})
    article.refresh_from_db()
    assert article.headline == "Quite different"


def test_who_may_only_look_says_nothing_in_a_review(author, client_of):
    article = create_article()
    save(author, article, headline="Better")
    viewer = client_of(create_editor(permissions=["view_article"]))

    assert step(viewer, article, "comment", "Hello").status_code == 403
    assert not ReviewNote.objects.exists()


def test_saving_after_submitting_says_that_the_review_has_ended(author):
    article = create_article()
    save(author, article, headline="Better")
    step(author, article, "submitted")

    save(author, article, headline="Better still")

    assert "The review was of the text before." in author.get(change_address(article)).content.decode()


def test_approval_of_an_older_text_is_not_told_beside_the_new_one(author, reviewer):
    article = create_article()
    save(author, article, headline="Better")
    step(author, article, "submitted", "Please look.")
    step(reviewer, article, "approved", "Very good.")
    assert "Very good." in author.get(change_address(article)).content.decode()

    save(author, article, headline="Quite different")

    page = author.get(change_address(article)).content.decode()
    assert ["Very good." in page, "Please look." in page] == [False, True]
