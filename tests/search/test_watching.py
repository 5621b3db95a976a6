"""What the public can find, from the moment of each change on."""

from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from directory.models import Service
from news.models import Article
from pages.models import Block
from publishing import drafting, history, instant
from publishing.snapshots import rolled_back, take
from search import indexing
from search.engine import find
from search.models import Entry
from search.rebuilding import agree
from search.sources import source_of
from tests.factories import (
    create_article,
    create_block,
    create_contact,
    create_department,
    create_document,
    create_event,
    create_image,
    create_issue,
    create_location,
    create_number,
    create_page,
    create_person,
    create_promotion,
    create_section,
    create_service,
    create_superuser,
    create_topic,
    create_video,
)
from tests.publishing.desk.forms import change_address

pytestmark = pytest.mark.django_db

CREATE = {
    "contact": lambda words, **fields: create_contact(name=words, **fields),
    "service": lambda words, **fields: create_service(name=words, **fields),
    "location": lambda words, **fields: create_location(name=words, **fields),
    "person": lambda words, **fields: create_person(name=words, sort_name="Somebody", **fields),
    "page": lambda words, **fields: create_page(title=words, **fields),
    "event": lambda words, **fields: create_event(title=words, **fields),
    "article": lambda words, **fields: create_article(headline=words, **fields),
    "issue": lambda words, **fields: create_issue(subject=words, **fields),
    "emergency_department": lambda words, **fields: create_department(name=words, **fields),
}
NAMED = {"page": "title", "event": "title", "article": "headline", "issue": "subject"}


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Return what makes a block one transaction, as far as what follows its commit."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def found(query, **asked):
    return [result.entry.title for result in find(query, language="en", as_typed=True, **asked).results]


@contextmanager
def draft_beside(thing, user, **values):
    """Keep a draft beside the live `thing`, in which its fields have `values`."""
    base = history.begin(thing)
    with rolled_back():
        for name, value in values.items():
            setattr(thing, name, value)
        thing.save()
        content = take(type(thing).objects.get(pk=thing.pk))
    thing.refresh_from_db()
    drafting.save(thing, content, base=base, user=user)
    yield


@pytest.mark.parametrize("kind", CREATE)
def test_a_thing_is_found_from_its_commit_until_it_is_withdrawn(kind, committed):
    with committed():
        thing = CREATE[kind]("Lithotripsy")
    assert found("lithotripsy") == ["Lithotripsy"]

    with committed():
        setattr(thing, NAMED.get(kind, "name"), "Dialysis")
        thing.save()
    assert (found("lithotripsy"), found("dialysis")) == ([], ["Dialysis"])

    thing.published_at = None
    thing.save()
    assert found("dialysis") == []  # before anything is committed


@pytest.mark.parametrize("kind", CREATE)
def test_what_is_deleted_is_gone_before_the_commit(kind, committed):
    with committed():
        thing = CREATE[kind]("Lithotripsy")

    thing.delete()

    assert found("lithotripsy") == []


@pytest.mark.parametrize("kind", CREATE)
def test_a_thing_is_found_from_its_very_instant_until_its_other(kind, committed):
    opens = timezone.now().replace(microsecond=0) + timedelta(days=3)
    closes, second = opens + timedelta(days=1), timedelta(seconds=1)
    with committed():
        CREATE[kind]("Lithotripsy", published_at=opens, expires_at=closes)

    seen = {
        at: found("lithotripsy", at=at) for at in (opens - second, opens, closes - timedelta(microseconds=1), closes)
    }

    assert list(seen.values()) == [[], ["Lithotripsy"], ["Lithotripsy"], []]


def test_dates_that_change_count_before_the_commit(committed):
    with committed():
        service = create_service(name="Lithotripsy")

    service.published_at = timezone.now() + timedelta(days=1)
    service.save()

    assert found("lithotripsy") == []


def test_a_preview_of_a_day_to_come_finds_what_will_be_live(committed):
    opens = timezone.now() + timedelta(days=3)
    with committed():
        create_service(name="Lithotripsy", published_at=opens)

    with instant.at_instant(opens + timedelta(hours=1)):
        assert found("lithotripsy") == ["Lithotripsy"]
    assert found("lithotripsy") == []


def test_a_draft_beside_a_live_page_is_not_found_by_its_new_words(committed):
    user = create_superuser()
    with committed():
        article = create_article(headline="Lithotripsy")

    with committed(), draft_beside(article, user, headline="Dialysis"):
        pass
    assert (found("dialysis"), found("lithotripsy")) == ([], ["Lithotripsy"])

    with committed():
        drafting.publish(article, user=user)
    assert (found("dialysis"), found("lithotripsy")) == (["Dialysis"], [])


def test_a_change_that_waits_for_its_day_is_found_from_that_day_on(committed):
    user, day = create_superuser(), timezone.now() + timedelta(days=1)
    with committed():
        article = create_article(headline="Lithotripsy")
    with committed(), draft_beside(article, user, headline="Dialysis"):
        drafting.publish(article, user=user, at=day)
    assert (found("dialysis"), found("lithotripsy")) == ([], ["Lithotripsy"])

    with committed():
        drafting.publish_due(day)

    assert (found("dialysis"), found("lithotripsy")) == (["Dialysis"], [])


def test_what_is_rolled_back_changes_nothing(committed):
    with committed():
        service = create_service(name="Lithotripsy")

    with rolled_back():
        create_service(name="Dialysis")
        Service.objects.filter(pk=service.pk).get().delete()
    with committed():
        create_service(name="Hospice")

    assert [found(word) for word in ("lithotripsy", "dialysis", "hospice")] == [["Lithotripsy"], [], ["Hospice"]]


def test_an_archived_thing_is_gone_and_back_once_it_is_published_again(committed):
    user = create_superuser()
    with committed():
        service = create_service(name="Lithotripsy")

    drafting.unpublish(service, user=user)
    assert found("lithotripsy") == []

    service.refresh_from_db()
    service.expires_at = None
    service.save()
    with committed():
        drafting.publish(service, user=user)
    assert found("lithotripsy") == ["Lithotripsy"]


def test_a_deleted_thing_that_is_recovered_and_published_is_found_again(committed):
    user = create_superuser()
    with committed():
        article = create_article(headline="Lithotripsy")
        drafting.delete(article, user=user)
    assert found("lithotripsy") == []

    version = history.deleted(Article).get()
    with committed():
        article = drafting.recover(Article, int(version.object_id), version.revision, user=user)
    assert found("lithotripsy") == []
    with committed():
        drafting.publish(article, user=user)
    assert found("lithotripsy") == ["Lithotripsy"]


def test_what_staff_delete_from_the_list_is_gone(client, committed):
    client.force_login(create_superuser())
    with committed():
        service, _other = create_service(name="Lithotripsy"), create_service(name="Lithotripsy Two")

    chosen = {"action": "delete_selected", "_selected_action": [service.pk], "post": "yes"}
    with committed():
        client.post("/admin/directory/service/", chosen)

    assert found("lithotripsy") == ["Lithotripsy Two"]


def test_what_staff_publish_on_its_screen_is_found(client, committed):
    client.force_login(create_superuser())
    service = create_service(name="Lithotripsy", published_at=None)

    with committed():
        client.post(change_address(service, "publish"), {"when": "now"})

    assert found("lithotripsy") == ["Lithotripsy"]


BLOCKS = {
    Block.Kind.TEXT: lambda: {"text": "<p>Lithotripsy</p>"},
    Block.Kind.PICTURE: lambda: {"image": create_image(), "text": "Lithotripsy"},
    Block.Kind.FIGURE: lambda: {"value": "300", "label": "lithotripsy"},
    Block.Kind.STORY: lambda: {"heading": "Lithotripsy", "text": "<p>Well again.</p>"},
    Block.Kind.VIDEO: lambda: {"video": create_video(), "heading": "Lithotripsy"},
    Block.Kind.DOCUMENT: lambda: {"document": create_document(), "heading": "Lithotripsy"},
    Block.Kind.PROMOTION: lambda: {"promotion": create_promotion(), "heading": "Lithotripsy"},
    Block.Kind.CARE_OPTION: lambda: {"heading": "Lithotripsy", "level": Block.Level.URGENT},
    Block.Kind.NEWS: lambda: {"heading": "Lithotripsy"},
    Block.Kind.EVENTS: lambda: {"heading": "Lithotripsy"},
    Block.Kind.SECTION: lambda: {"heading": "Lithotripsy", "section": Block.Section.SERVICES},
}


@pytest.mark.parametrize("kind", Block.Kind)
def test_a_page_is_found_by_each_kind_of_block_until_the_block_is_gone(kind, committed):
    with committed():
        page = create_page(title="Kidneys")
    with committed():
        block = create_block(page=page, kind=kind, **BLOCKS[kind]())
    assert "Kidneys" in found("lithotripsy")

    with committed():
        block.delete()
    assert found("lithotripsy") == []


def test_a_block_that_moves_to_another_page_is_found_there_alone(committed):
    with committed():
        here, there = create_page(title="Here"), create_page(title="There")
        block = create_block(page=here, kind=Block.Kind.TEXT, text="<p>Lithotripsy</p>")
    assert found("lithotripsy") == ["Here"]

    with committed():
        block.parent = there
        block.save()

    assert found("lithotripsy") == ["There"]


def test_a_contact_is_found_by_a_number_that_it_gets_later_and_not_when_that_is_gone(committed):
    with committed():
        contact, other = create_contact(name="Gift Shop"), create_contact(name="Chapel")
    with committed():
        number = create_number(contact=contact, number="860-823-6389")
    assert found("860 823 6389") == ["Gift Shop"]

    with committed():
        number.contact = other
        number.save()
    assert found("860 823 6389") == ["Chapel"]

    with committed():
        number.delete()
    assert found("860 823 6389") == []


def test_contacts_are_found_by_the_new_name_of_their_section(committed):
    with committed():
        section = create_section(name="Kidneys")
        create_contact(name="Front Desk", section=section)

    with committed():
        section.name = "Urology"
        section.save()

    assert (found("kidneys"), found("urology")) == ([], ["Front Desk"])


def topics_of(title):
    return Entry.objects.get(title=title).topics


def test_an_article_follows_its_topics(committed):
    with committed():
        topic = create_topic(name="Kidneys", slug="kidneys")
        article = create_article(headline="Lithotripsy", topics=[topic])
    assert topics_of("Lithotripsy") == [["kidneys", "Kidneys"]]

    with committed():
        topic.name = "Urology"
        topic.save()
    assert topics_of("Lithotripsy") == [["kidneys", "Urology"]]

    with committed():
        article.topics.clear()
    assert topics_of("Lithotripsy") == []

    with committed():
        topic.articles.add(article)
    assert topics_of("Lithotripsy") == [["kidneys", "Urology"]]

    with committed():
        topic.articles.clear()
    assert topics_of("Lithotripsy") == []


def test_a_deleted_topic_is_no_filter_any_more(committed):
    with committed():
        topic = create_topic(name="Kidneys", slug="kidneys")
        create_article(headline="Lithotripsy", topics=[topic])

    with committed():
        topic.delete()

    assert topics_of("Lithotripsy") == []


def test_what_takes_place_somewhere_is_found_by_the_new_name_of_that_place(committed):
    with committed():
        place = create_location(name="Kidney Pavilion", city="Mystic")
        create_event(title="Class", location=place)
        create_department(name="Shoreline", location=place)
    assert (found("pavilion", kind="event"), found("mystic", kind="emergency_department")) == (["Class"], ["Shoreline"])

    with committed():
        place.name, place.city = "Harbor House", "Groton"
        place.save()

    assert (found("pavilion", kind="event"), found("mystic", kind="emergency_department")) == ([], [])
    assert (found("harbor", kind="event"), found("groton", kind="emergency_department")) == (["Class"], ["Shoreline"])


def test_a_document_is_found_while_a_public_page_shows_it(committed):
    with committed():
        page, document = create_page(title="Kidneys"), create_document(title="Lithotripsy")
    assert found("lithotripsy") == []

    with committed():
        block = create_block(page=page, kind=Block.Kind.DOCUMENT, document=document)
    assert found("lithotripsy") == ["Lithotripsy"]

    with committed():
        block.document = create_document(title="Dialysis")
        block.save()
    assert (found("lithotripsy"), found("dialysis")) == ([], ["Dialysis"])


def test_a_document_goes_with_its_page_before_the_commit(committed):
    with committed():
        pages = [create_page(title="Kidneys"), create_page(title="Stones")]
        for page, title in zip(pages, ("Lithotripsy", "Dialysis"), strict=True):
            create_block(page=page, kind=Block.Kind.DOCUMENT, document=create_document(title=title))
    assert (found("lithotripsy"), found("dialysis")) == (["Lithotripsy"], ["Dialysis"])

    pages[0].published_at = None
    pages[0].save()
    pages[1].delete()

    assert (found("lithotripsy"), found("dialysis")) == ([], [])


def test_a_page_serves_spanish_readers_again_when_its_spanish_one_moves_away(committed):
    with committed():
        create_page(path="parking", title="Parking")
        spanish = create_page(path="parking", language="es", title="Estacionamiento")
    assert Entry.objects.get(title="Parking").serves == ["en"]

    with committed():
        spanish.path = "autos"
        spanish.save()

    assert Entry.objects.get(title="Parking").serves == ["en", "es"]


def test_one_that_cannot_be_written_keeps_no_other_back(committed, monkeypatch, caplog):
    source = source_of("service")

    def documents(service):
        if service.name == "Broken":
            raise ValueError("no documents")
        return indexing_documents(service)

    indexing_documents = source.documents
    broken = {**source.__dict__, "documents": documents}
    monkeypatch.setattr(
        indexing, "source_of", lambda kind: type(source)(**broken) if kind == "service" else source_of(kind)
    )
    with committed():
        for name in ("Lithotripsy", "Broken", "Lithotripsy Two"):
            create_service(name=name)
        create_contact(name="Lithotripsy Three")

    assert sorted(found("lithotripsy")) == ["Lithotripsy", "Lithotripsy Three", "Lithotripsy Two"]
    assert found("broken") == []
    assert [record.getMessage() for record in caplog.records] == [
        f"service {Service.objects.get(name='Broken').pk} could not be written into the search index"
    ]

    monkeypatch.undo()
    assert (agree().wrong, found("broken")) == (1, ["Broken"])


@pytest.mark.parametrize("number", [1, 3])
def test_many_things_are_written_with_as_many_queries_as_one(number, django_assert_num_queries):
    ids = [create_article(headline=f"Lithotripsy {each}", topics=[create_topic()]).pk for each in range(number)]
    indexing.refresh("article", ids)

    # A savepoint and its release; the locks, the things, their topics, writers and blocks; which entries there were,
    # the entries, their names; their words, which PostgreSQL has in the same row; the vocabulary.
    with django_assert_num_queries(14 if connection.vendor == "sqlite" else 13):
        indexing.refresh("article", ids)
