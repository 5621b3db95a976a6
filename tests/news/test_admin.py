"""The screen of a post: every kind of block, and the rules of what stands around the text."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from news.models import BLOCK_TYPES, Article, Block
from publishing import drafting, history
from publishing.checks import findings
from tests.factories import (
    create_article,
    create_contact,
    create_document,
    create_image,
    create_location,
    create_person,
    create_post_block,
    create_service,
    create_superuser,
    create_video,
)
from tests.publishing.desk.forms import change_address, opened, save

pytestmark = pytest.mark.django_db
Kind = Block.Kind


@pytest.fixture
def editor(client, settings):
    # The form asks for the chosen picture of each block by itself.
    settings.ZEAL_ALLOWLIST = [*settings.ZEAL_ALLOWLIST, {"model": "publishing.Image", "field": "get()"}]
    user = create_superuser()
    client.force_login(user)
    return user


def codes(article):
    return [(finding.level.value, finding.code) for finding in findings(article)]


def kinds_of(article):
    return [block.kind for block in article.news_block_set.all()]


def filled(fields, kind, ordering, **values):
    """Return `fields`, those of an opened form, with one more block of `kind`."""
    prefix = next(each for each in BLOCK_TYPES if kind == each.KIND)._meta.model_name
    block = {"region": "main", "ordering": ordering, **values}
    return {
        **fields,
        f"{prefix}-TOTAL_FORMS": "1",
        **{f"{prefix}-0-{name}": str(value) for name, value in block.items()},
    }


def test_every_kind_of_block_is_saved_in_its_order_and_is_in_the_history(client, editor):
    article = create_article(published_at=None)
    fields = opened(client, article)
    for kind, values in [
        (Kind.CONTACT, {"contact": create_contact().pk}),
        (Kind.TEXT, {"heading": "Why", "text": "<p>Because.</p>"}),
        (Kind.PICTURE, {"image": create_image().pk, "caption": "The lobby."}),
        (Kind.GALLERY, {"image": create_image().pk}),
        (Kind.QUOTE, {"quote": "We are here.", "said_by": "Ada"}),
        (Kind.VIDEO, {"video": create_video().pk}),
        (Kind.DOCUMENT, {"document": create_document().pk}),
        (Kind.FACTS, {"heading": "At a glance", "text": "<p>Free.</p>"}),
        (Kind.RELATED, {"service": create_service().pk}),
    ]:
        fields = filled(fields, kind, (list(Kind).index(kind) + 3) % 9, **values)

    response = client.post(change_address(article), fields)

    assert response.status_code == 302
    wanted = sorted(Kind, key=lambda kind: (list(Kind).index(kind) + 3) % 9)
    assert kinds_of(article) == [kind.value for kind in wanted]


def test_a_block_that_was_changed_or_taken_away_comes_back_from_the_history(client, editor):
    article = create_article(published_at=None)
    block = create_post_block(article=article, kind=Kind.FACTS, heading="At a glance", text="<p>Free.</p>")
    history.record(article, user=editor, deed="saved")
    first = history.head_of(article)
    save(client, article, **{"factsblock-0-heading": "In short"})
    assert [block.heading for block in article.news_block_set.all()] == ["In short"]
    compared = client.get(change_address(article, "compare"), {"a": first.pk})
    save(client, article, **{"factsblock-0-DELETE": "on"})
    assert kinds_of(article) == []

    drafting.restore(article, first, user=editor)

    assert [(each.pk, each.heading) for each in article.news_block_set.all()] == [(block.pk, "At a glance")]
    assert compared.status_code == 200


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        (Kind.QUOTE, {"quote": "We are here."}, "This block needs it."),
        (Kind.PICTURE, {"caption": "Of nothing."}, "This block needs it."),
        (Kind.RELATED, {}, "Choose one of the four"),
        (Kind.RELATED, {"address": "https://example.org/elsewhere/"}, "Write a page of this site"),
        (Kind.RELATED, {"address": "javascript:alert(1)"}, "Write a page of this site as"),
        (Kind.RELATED, {"address": "/admin/"}, "Write a page of this site"),
        (Kind.FACTS, {"heading": "Facts", "text": "<p></p>"}, "This block needs it."),
    ],
)
def test_a_block_that_lacks_what_it_needs_is_refused_with_a_sentence(client, editor, kind, values, sentence):
    article = create_article(published_at=None)

    response = client.post(change_address(article), filled(opened(client, article), kind, 1, **values))

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert kinds_of(article) == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"correction": "The day was wrong."}, ["updated_on"]),
        ({"correction": "The day was wrong.", "updated_on": date(2026, 3, 2)}, []),
        ({"updated_on": date(2026, 3, 2)}, []),
        ({"source_address": "https://example.org/"}, ["source"]),
        ({"source": "The Norwich paper", "source_address": "https://example.org/"}, []),
        ({"featured_until": datetime(2020, 1, 1, 12, tzinfo=UTC)}, ["featured_until"]),
        ({"featured_until": datetime(2020, 1, 1, 12, 1, tzinfo=UTC)}, []),
        ({"featured_until": datetime(2019, 1, 1, tzinfo=UTC), "published_at": None}, []),
        ({"embargoed": True}, ["embargoed"]),
        ({"embargoed": True, "kind": "press_release"}, []),
        ({"kind": "press_release"}, []),
    ],
)
def test_what_would_tell_readers_half_of_it_is_refused(fields, wrong):
    values = {
        "headline": "New",
        "slug": "new",
        "body": "<p>Text.</p>",
        "published_at": datetime(2020, 1, 1, 12, tzinfo=UTC),
    }
    article = Article(**{**values, **fields})

    try:
        article.full_clean()
        found = []
    except ValidationError as error:
        found = sorted(error.message_dict)

    assert found == wrong


def test_a_press_release_without_media_contact_stays_a_draft():
    article = create_article(kind="press_release", published_at=None)

    assert ("error", "no-media-contact") in codes(article)
    article.media_contact = create_contact()
    article.save()
    assert ("error", "no-media-contact") not in codes(article)


def test_a_story_needs_no_media_contact():
    assert codes(create_article()) == []


def test_what_readers_would_not_see_is_told_before_publishing():
    article = create_article()
    for kind, values in [
        (Kind.VIDEO, {"video": create_video(published_at=None)}),
        (Kind.CONTACT, {"contact": create_contact(published_at=None)}),
        (Kind.RELATED, {"person": create_person(published_at=None)}),
        (Kind.RELATED, {"location": create_location()}),
        (Kind.RELATED, {"address": "/news/no-such-post/"}),
    ]:
        create_post_block(article=article, kind=kind, **values)

    found = [code for _level, code in codes(article)]

    assert found.count("hidden-thing") == 3
    assert found.count("read-on-hidden") == 1
