"""The page of a post: its blocks in their order, and what readers want to know of who wrote it and when."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from directory.models import ContactNumber
from events.models import DateStatus, EventDate
from news.composition import compose
from news.models import Article, Block
from news.reading_time import minutes_to_read
from publishing.checks import Level, findings
from publishing.usage import uses_of
from search.rebuilding import rebuild
from tests.factories import (
    create_article,
    create_contact,
    create_document,
    create_event,
    create_image,
    create_location,
    create_page,
    create_person,
    create_post_block,
    create_service,
    create_topic,
    create_video,
)

pytestmark = pytest.mark.django_db
Kind = Block.Kind
NOON = datetime(2026, 6, 9, 16, tzinfo=UTC)


def with_blocks(*blocks, **fields):
    """Return a post with `blocks`, pairs of a kind and its fields."""
    article = create_article(**fields)
    for kind, values in blocks:
        create_post_block(article=article, kind=kind, **values)
    return article


def shown(article):
    return [(group.kind, len(group.blocks)) for group in compose(article, NOON).groups]


def text_of(client, article):
    return " ".join(client.get(article.get_absolute_url()).content.decode().split())


def test_a_post_without_blocks_is_its_text(client):
    article = create_article(body="<p>All of it.</p>")

    assert shown(article) == []
    assert "<p>All of it.</p>" in text_of(client, article)


def test_what_follows_another_of_its_kind_stands_beside_it():
    text, gallery = (Kind.TEXT, {"text": "<p>And.</p>"}), (Kind.GALLERY, {"image": create_image()})
    paper = (Kind.DOCUMENT, {"document": create_document()})
    article = with_blocks(text, text, gallery, gallery, gallery, text, gallery, paper, paper)

    assert shown(article) == [
        *(("text", 1), ("text", 1), ("gallery", 3), ("text", 1), ("gallery", 1), ("document", 2)),
    ]


def test_what_is_not_public_is_left_out():
    article = with_blocks(
        (Kind.VIDEO, {"video": create_video(published_at=None)}),
        (Kind.CONTACT, {"contact": create_contact(published_at=None)}),
        (Kind.RELATED, {"service": create_service(published_at=NOON + timedelta(seconds=1))}),
        (Kind.RELATED, {"person": create_person(published_at=None)}),
        (Kind.RELATED, {"address": "/news/no-such-post/"}),
    )

    assert shown(article) == []


@pytest.mark.parametrize("times", [1, 3])
def test_a_post_asks_few_queries_whatever_its_blocks(client, django_assert_num_queries, times):
    event = create_event()
    blocks = [
        (Kind.TEXT, {"text": "<p>Text.</p>"}),
        (Kind.PICTURE, {"image": create_image()}),
        (Kind.GALLERY, {"image": create_image()}),
        (Kind.QUOTE, {"quote": "Yes.", "said_by": "Ada"}),
        (Kind.VIDEO, {"video": create_video(poster=create_image())}),
        (Kind.DOCUMENT, {"document": create_document()}),
        (Kind.FACTS, {"heading": "Facts", "text": "<p>One.</p>"}),
        (Kind.RELATED, {"service": create_service()}),
        (Kind.RELATED, {"location": create_location()}),
        (Kind.RELATED, {"person": create_person()}),
    ]
    few = with_blocks(*blocks * times)
    blocks += [
        (Kind.RELATED, {"address": event.get_absolute_url()}),
        (Kind.CONTACT, {"contact": create_contact(number="8608898331")}),
    ]
    all_kinds = with_blocks(*blocks * times, kind="press_release", media_contact=create_contact(number="8608236320"))
    rebuild()

    with django_assert_num_queries(QUERIES):
        client.get(few.get_absolute_url())
    with django_assert_num_queries(QUERIES + 2):  # the numbers of contacts; the addresses to read on at
        client.get(all_kinds.get_absolute_url())


def test_writers_of_the_directory_are_linked_and_others_are_named(client):
    article = create_article(byline="Sam Poe", byline_title="Volunteer")
    article.authors.add(create_person(name="Ada Lane", slug="ada", credentials="MD"))
    article.authors.add(create_person(name="Gone", slug="gone", published_at=None))

    text = text_of(client, article)

    assert '<a href="/people/ada/">Ada Lane, MD</a>, Sam Poe, Volunteer' in text
    assert "Gone" not in text


def test_its_topics_places_and_source_are_linked(client):
    article = create_article(
        source="<b>The paper</b>",
        source_address="https://example.org/x",
        topics=[create_topic(name="Food", slug="food")],
    )
    article.locations.add(
        create_location(name="Main campus", slug="main"), create_location(name="Old", published_at=None)
    )

    text = text_of(client, article)

    assert '<a href="https://example.org/x" rel="noreferrer noopener">&lt;b&gt;The paper&lt;/b&gt;</a>' in text
    assert 'About: <a href="/locations/main/">Main campus</a></span>' in text
    assert '<a class="topic-list__link" href="/news/topics/food/">Food</a>' in text


def test_a_correction_stands_in_a_box_with_its_day(client):
    article = create_article(updated_on=date(2026, 6, 9), correction="It is Monday,\n<not> Sunday.")

    text = text_of(client, article)

    assert "Correction of June 9, 2026" in text
    assert "&lt;not&gt; Sunday." in text
    assert 'Updated <time datetime="2026-06-09">June 9, 2026</time>' in text


@pytest.mark.parametrize(
    ("kind", "label", "contact_shown"),
    [("story", None, False), ("notice", "Notice", False), ("press_release", "Press release", True)],
)
def test_only_a_press_release_tells_journalists_whom_to_ask(client, kind, label, contact_shown):
    article = create_article(kind=kind, media_contact=create_contact(name="Press office", number="8608236320"))

    text = text_of(client, article)

    assert (f'<p class="article__kind">{label}</p>' in text) is (label is not None)
    assert ("For journalists" in text, "Press office" in text) == (contact_shown, contact_shown)


def test_a_contact_is_shown_with_its_extension_and_hours_as_they_are_now(client):
    contact = create_contact(name="Front desk", number="860-889-8331 ext. 2215")
    ContactNumber.objects.update(hours="Mon-Fri 8:00-16:30")
    article = with_blocks((Kind.CONTACT, {"contact": contact}))

    text = text_of(client, article)

    assert 'href="tel:+18608898331' in text
    assert "ext. 2215" in text
    assert "Monday to Friday" in text
    ContactNumber.objects.all().delete()
    assert "2215" not in text_of(client, article)


@time_machine.travel(NOON, tick=False)
def test_an_event_to_read_on_at_tells_when_it_is_next_and_that_it_is_cancelled(client):
    event = create_event(title="Walk", slug="walk", first_day=date(2026, 6, 12))
    article = with_blocks((Kind.RELATED, {"address": "/events/walk"}))
    rebuild()

    before = text_of(client, article)
    EventDate.objects.filter(event=event).update(status=DateStatus.CANCELLED)
    rebuild()
    after = text_of(client, article)

    assert '<a class="read-on__link" href="/events/walk/">Walk</a>' in before
    assert "June 12, 2026" in before
    assert str(DateStatus.CANCELLED.label) not in before
    assert str(DateStatus.CANCELLED.label) in after


def test_an_address_is_known_however_it_was_written(client):
    create_page(path="community", title="Community")
    rebuild()
    ways = ["/community/", "/community", "/community/#pantry", "/community/?a=b", "/es/community/"]

    articles = [with_blocks((Kind.RELATED, {"address": address})) for address in ways]

    links = [link.text for article in articles for group in compose(article, NOON).groups for link in group.content]
    assert links == ["Community"] * len(ways)


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (200, 1), (201, 2), (400, 2), (1000, 5)])
def test_reading_takes_a_minute_for_two_hundred_words_and_one_at_least(words, minutes):
    article = Article(body=f"<p>{'palabra ' * words}</p>")

    assert minutes_to_read(article, []) == minutes


def test_the_blocks_are_read_too():
    block = Block(kind=Kind.TEXT, text=f"<p>{'word ' * 200}</p>")

    assert minutes_to_read(Article(body="<p>One.</p>"), [block]) == 2


@pytest.mark.parametrize(
    ("language", "address", "article_lang", "note"),
    [
        ("en", "/news/post/", False, None),
        ("es", "/news/post/", True, "This post is in Spanish."),
        ("es", "/es/news/post/", False, None),
        ("en", "/es/news/post/", False, "Esta página todavía no está en español."),
    ],
)
def test_a_post_in_another_language_than_its_page_says_so(client, language, address, article_lang, note):
    create_article(slug="post", language=language)

    text = " ".join(client.get(address).content.decode().split())

    assert ('<h1 lang="es">' in text) is article_lang
    assert [each for each in ("This post is in Spanish.", "Esta página todavía no está") if each in text] == (
        [note.removesuffix(" en español.")] if note else []
    )


def test_the_picture_for_sharing_is_what_shared_links_show(client):
    picture, shared = create_image(), create_image(width=700)
    article = create_article(image=picture, share_image=shared)

    head = client.get(article.get_absolute_url()).context["head"]

    assert (head.image, head.json_ld[1]["image"].endswith(shared.file.url)) == (shared, True)


def test_a_picture_of_a_block_is_known_to_be_used_and_checked():
    unused, image = (
        create_image(),
        create_image(shows_patient=True, consent_record="12", consent_expires_on=date(2020, 2, 2)),
    )
    article = with_blocks((Kind.GALLERY, {"image": image}))

    assert [(use.thing, use.label) for use in uses_of(image)] == [(article, "picture")]
    assert uses_of(unused) == []
    assert [finding.field for finding in findings(article)] == ["image"]


def test_texts_of_blocks_are_checked_for_links_and_numbers():
    article = with_blocks(
        (Kind.TEXT, {"text": '<p>Call 860-555-0199 or <a href="/no-such-page/">click here</a>.</p>'}),
        (Kind.QUOTE, {"quote": "Call 860-555-0177.", "said_by": "Ada"}),
    )

    found = sorted({(finding.code, finding.field) for finding in findings(article)})

    assert ("unknown-phone-number", "text") in found
    assert ("unknown-phone-number", "quote") in found
    assert any(code.startswith("broken") or "link" in code for code, _field in found)


QUERIES = 3 + 4  # the frame; the post, what is beside it, its blocks, related posts


@pytest.mark.parametrize("kind", [Kind.PICTURE, Kind.GALLERY, Kind.VIDEO, Kind.DOCUMENT, Kind.CONTACT])
def test_a_block_whose_thing_was_deleted_for_good_is_left_out(client, kind):
    article = with_blocks((Kind.TEXT, {"text": "<p>Before.</p>"}), (kind, {}))

    assert shown(article) == [("text", 1)]
    assert "<p>Before.</p>" in text_of(client, article)


def test_of_a_gallery_only_the_pictures_that_are_left_are_shown(client):
    article = with_blocks((Kind.GALLERY, {"image": create_image()}), (Kind.GALLERY, {}))

    assert shown(article) == [("gallery", 1)]


def test_blocks_without_what_they_need_are_told_before_publishing():
    article = with_blocks(
        (Kind.TEXT, {"text": "<p>Whole.</p>"}),
        (Kind.PICTURE, {"caption": "The new wing"}),
        (Kind.QUOTE, {"quote": "We are glad."}),
        (Kind.RELATED, {"address": "/"}),
    )

    told = [(each.field, each.level) for each in findings(article) if each.code == "incomplete-block"]

    assert told == [("image", Level.ERROR), ("said_by", Level.ERROR)]


def test_a_correction_without_its_day_is_no_error(client):
    article = create_article(correction="It is Monday.")

    assert client.get(article.get_absolute_url()).status_code == 200


def test_names_of_other_posts_are_in_their_own_language(client):
    topic = create_topic()
    article = create_article(topics=[topic], published_at=NOON - timedelta(days=3))
    create_article(headline="Una clínica nueva", topics=[topic], language="es", published_at=NOON - timedelta(days=2))

    text = text_of(client, article)

    assert text.count('<span lang="es">Una clínica nueva</span>') == 2  # among those after it, and of more on this


def test_a_page_to_read_on_is_named_in_its_own_language(client):
    create_article(headline="Una clínica nueva", slug="clinica", summary="Abre hoy.", language="es")
    rebuild()
    article = with_blocks((Kind.RELATED, {"address": "/news/clinica/"}))

    text = text_of(client, article)

    assert 'href="/news/clinica/" lang="es" hreflang="es">Una clínica nueva</a>' in text
    assert '<p class="read-on__note" lang="es">Abre hoy.</p>' in text
