from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from news.models import Article
from publishing.models import State, published_sql
from tests.factories import create_article, create_editor

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
BEFORE = NOON - timedelta(microseconds=1)
AFTER = NOON + timedelta(microseconds=1)
HOUR = timedelta(hours=1)

CASES = [
    pytest.param(None, None, State.DRAFT, id="without-a-time"),
    pytest.param(None, BEFORE, State.DRAFT, id="draft-with-an-end-in-the-past"),
    pytest.param(AFTER, None, State.SCHEDULED, id="a-moment-before-its-time"),
    pytest.param(AFTER, AFTER + HOUR, State.SCHEDULED, id="scheduled-with-an-end"),
    pytest.param(NOON, None, State.LIVE, id="exactly-at-its-time"),
    pytest.param(BEFORE, None, State.LIVE, id="a-moment-after-its-time"),
    pytest.param(BEFORE, AFTER, State.LIVE, id="a-moment-before-its-end"),
    pytest.param(BEFORE, NOON, State.EXPIRED, id="exactly-at-its-end"),
    pytest.param(BEFORE - HOUR, BEFORE, State.EXPIRED, id="a-moment-after-its-end"),
]


@pytest.mark.parametrize(("published_at", "expires_at", "state"), CASES)
def test_state_follows_from_the_two_instants(published_at, expires_at, state):
    article = create_article(published_at=published_at, expires_at=expires_at)

    assert article.state_at(NOON) == state
    assert article.is_published_at(NOON) == (state == State.LIVE)
    assert list(Article.objects.published(at=NOON)) == ([article] if state == State.LIVE else [])
    assert [each for each in State if Article.objects.in_state(each, at=NOON).exists()] == [state]


def asked_by_hand(at):
    """Return the primary keys of the articles that published_sql lets through."""
    condition, parameters = published_sql("each", at)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {Article._meta.db_table} each WHERE {condition}", parameters)  # noqa: S608  ours
        return {pk for (pk,) in cursor.fetchall()}


# Around NOON, on the microsecond and far away; a draft often.
instants = st.none() | st.sampled_from([BEFORE, NOON, AFTER]) | st.timedeltas(-10 * HOUR, 10 * HOUR).map(NOON.__add__)


@given(pairs=st.lists(st.tuples(instants, instants), max_size=4), at=st.sampled_from([BEFORE, NOON, AFTER]))
def test_state_of_one_and_list_of_all_agree(pairs, at):
    with transaction.atomic():
        articles = [
            create_article(published_at=begin, expires_at=end)
            for begin, end in pairs
            if begin is None or end is None or end > begin
        ]

        for state in State:
            assert set(Article.objects.in_state(state, at=at)) == {a for a in articles if a.state_at(at) == state}
        assert set(Article.objects.published(at=at)) == {a for a in articles if a.is_published_at(at)}
        assert asked_by_hand(at) == {a.pk for a in articles if a.is_published_at(at)}
        transaction.set_rollback(True)


def test_published_is_asked_of_now_without_an_instant():
    live = create_article()
    create_article(published_at=datetime(2999, 1, 1, tzinfo=UTC))

    assert list(Article.objects.published()) == [live]


def test_published_leaves_made_up_things_out_when_the_demonstration_is_off(settings):
    real = create_article()
    made_up = create_article(demonstration=True)

    settings.DEMONSTRATION = True
    assert set(Article.objects.published()) == {real, made_up}
    assert made_up.is_published_at() is True

    settings.DEMONSTRATION = False
    assert list(Article.objects.published()) == [real]
    assert asked_by_hand(NOON) == {real.pk}
    assert made_up.is_published_at() is False
    assert real.is_published_at() is True


def test_editors_see_drafts_and_nobody_else_does():
    live = create_article()
    draft = create_article(published_at=None)
    editor = create_editor(permissions=["change_article"])
    editor_of_events = create_editor(permissions=["change_event"])

    assert set(Article.objects.visible_to(editor)) == {live, draft}
    assert list(Article.objects.visible_to(editor_of_events)) == [live]
    assert list(Article.objects.visible_to(AnonymousUser())) == [live]


def test_an_editor_who_was_locked_out_sees_no_drafts():
    create_article(published_at=None)
    former = create_editor(permissions=["change_article"], is_active=False)

    assert list(Article.objects.visible_to(former)) == []


@pytest.mark.parametrize("expires_at", [NOON, BEFORE])
def test_taking_down_before_publishing_is_refused(expires_at):
    article = create_article(published_at=None)
    article.published_at, article.expires_at = NOON, expires_at

    with pytest.raises(ValidationError) as refused:
        article.full_clean()

    assert refused.value.messages == ["It would be taken down before it is published: check the two dates."]
    with pytest.raises(IntegrityError), transaction.atomic():
        article.save()


@pytest.mark.parametrize("field", ["published_at", "expires_at"])
def test_a_year_that_cannot_be_stored_is_told_beside_its_field(field):
    article = create_article()
    setattr(article, field, datetime(9999, 12, 31, 23, tzinfo=UTC))

    with pytest.raises(ValidationError) as refused:
        article.full_clean()

    assert refused.value.message_dict[field] == ["Give a year up to 2200."]
