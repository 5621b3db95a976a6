"""The whole index: written anew, compared with the content, and searched all the while."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from search import rebuilding
from search.engine import find
from search.indexing import refresh
from search.models import Entry, Name, Word
from search.rebuilding import agree, count_words, rebuild
from search.stores import store
from tests.factories import create_article, create_contact, create_page, create_service, create_topic

pytestmark = pytest.mark.django_db


def found(query):
    return [result.entry.title for result in find(query, language="en", as_typed=True).results]


def mended():
    """Return (things right, wrong, too many) as the comparison finds them, the site's own list pages left out."""
    agreement = agree()
    return agreement.right, agreement.wrong, agreement.extra


def test_a_rebuilding_writes_what_is_public_now_or_later_and_tells_how_far_it_is():
    create_service(name="Lithotripsy")
    create_service(name="Dialysis", published_at=None)
    told = []

    number = rebuild(lambda source, done, total: told.append((source.kind, done, total)))

    assert told == [("service", 1, 1)]
    assert number == Entry.objects.count()
    assert (found("lithotripsy"), found("dialysis")) == (["Lithotripsy"], [])


def test_a_rebuilding_in_batches_writes_all(monkeypatch):
    monkeypatch.setattr(rebuilding, "AT_ONCE", 2)
    for number in range(5):
        create_service(name=f"Lithotripsy {number}")
    told = []

    rebuild(lambda source, done, total: told.append((source.kind, done, total)))

    assert told == [("service", 2, 5), ("service", 4, 5), ("service", 5, 5)]
    assert len(found("lithotripsy")) == 5


def test_what_is_published_while_it_is_rebuilt_stays_in_the_index():
    create_article(headline="Before")

    def publish_meanwhile(source, done, total):
        if source.kind == "article":
            refresh("article", [create_article(headline="Meanwhile").pk])

    rebuild(publish_meanwhile)

    assert [result.entry.title for result in find("meanwhile").results] == ["Meanwhile"]


def test_twice_built_is_the_same_index():
    create_contact(name="Gift Shop", number="860-823-6389")
    create_article(headline="Lithotripsy", topics=[create_topic()])

    def index():
        entries = list(Entry.objects.order_by("pk").values_list("pk", "kind", "object_id", "digest"))
        return entries, list(Name.objects.order_by("entry", "kind", "key").values_list("entry", "kind", "key"))

    rebuild()
    first = index()
    rebuild()

    assert index() == first


def test_an_index_that_is_right_is_left_alone():
    create_service(name="Lithotripsy")
    create_page(title="Kidneys")
    rebuild()
    written = list(Entry.objects.filter(object_id__gt=0).order_by("pk").values_list("written_at"))

    assert mended() == (2, 0, 0)
    assert list(Entry.objects.filter(object_id__gt=0).order_by("pk").values_list("written_at")) == written


def test_what_was_written_past_the_site_is_mended():
    service = create_service(name="Lithotripsy")
    create_service(name="Hospice")
    rebuild()

    type(service).objects.filter(pk=service.pk).update(name="Dialysis")

    assert mended() == (1, 1, 0)
    assert (found("lithotripsy"), found("dialysis")) == ([], ["Dialysis"])
    assert mended() == (2, 0, 0)


def test_what_was_withdrawn_or_deleted_past_the_site_is_forgotten():
    withdrawn, deleted = create_service(name="Lithotripsy"), create_service(name="Dialysis")
    rebuild()

    type(withdrawn).objects.filter(pk=withdrawn.pk).update(published_at=None)
    type(deleted).objects.filter(pk=deleted.pk)._raw_delete("default")

    assert mended() == (0, 0, 2)
    assert (found("lithotripsy"), found("dialysis")) == ([], [])


def test_an_entry_that_is_missing_is_written():
    create_service(name="Lithotripsy")
    rebuild()

    store().delete(list(Entry.objects.filter(object_id__gt=0).values_list("pk", flat=True)))
    Entry.objects.filter(object_id__gt=0).delete()
    assert found("lithotripsy") == []

    assert mended() == (0, 1, 0)
    assert found("lithotripsy") == ["Lithotripsy"]


def test_an_entry_whose_words_are_missing_is_written():
    create_service(name="Lithotripsy")
    rebuild()

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_words")
    assert found("lithotripsy therapy") == []

    assert mended() == (0, 1, 0)
    assert found("lithotripsy") == ["Lithotripsy"]


def test_an_entry_in_a_language_that_the_thing_has_not_is_forgotten():
    service = create_service(name="Lithotripsy")
    rebuild()

    entry = Entry.objects.get(object_id=service.pk, kind="service")
    entry.pk, entry.language, entry.title = None, "es", "Litotricia"
    entry.save()

    assert mended() == (0, 1, 0)
    assert list(Entry.objects.filter(kind="service").values_list("language", flat=True)) == ["en"]


def test_a_kind_that_no_feature_has_is_forgotten():
    create_service(name="Lithotripsy")
    rebuild()
    Entry.objects.filter(title="Lithotripsy").update(kind="petting_zoo")
    assert found("lithotripsy") == []

    rebuild()

    assert not Entry.objects.filter(kind="petting_zoo").exists()
    assert found("lithotripsy") == ["Lithotripsy"]


def test_the_list_pages_are_mended_too():
    rebuild()
    Entry.objects.filter(path="/services/").update(title="Altered")
    Entry.objects.filter(path="/locations/").delete()

    agree()

    titles = dict(Entry.objects.filter(object_id__lt=0).values_list("path", "title"))
    assert (titles["/services/"], titles["/locations/"]) == ("Medical services A to Z", "Locations")


def test_words_are_counted_and_those_that_stand_nowhere_any_more_forgotten():
    create_service(name="Lithotripsy", summary="Kidneys.")
    gone = create_service(name="Dialysis", summary="Kidneys.")
    rebuild()
    counted = {"lithotripsy": 1, "dialysis": 1, "kidneys": 2}
    assert dict(Word.objects.filter(word__in=counted).values_list("word", "things")) == counted

    gone.delete()
    count_words()

    assert dict(Word.objects.filter(word__in=counted).values_list("word", "things")) == {"lithotripsy": 1, "kidneys": 1}


def test_the_command_tells_how_far_it_is():
    create_service(name="Lithotripsy")
    out = StringIO()

    call_command("rebuild_search", stdout=out)

    assert out.getvalue().splitlines() == ["Services: 1 of 1", f"{Entry.objects.count()} entries in the index."]
