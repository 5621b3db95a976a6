"""Several writers and readers of the index at the same moment, each with a connection of its own."""

import threading
import time
from dataclasses import replace

import pytest
from django.db import connection

from directory.models import Service
from search import indexing, rebuilding
from search.engine import find
from search.rebuilding import rebuild
from search.sources import source_of
from tests.factories import create_service

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.several_writers]


def beside(deed):
    """Start `deed` in a thread with a connection of its own, and return the thread."""

    def do():
        try:
            deed()
        finally:
            connection.close()

    thread = threading.Thread(target=do)
    thread.start()
    return thread


def found(query):
    return [result.entry.title for result in find(query, language="en", as_typed=True).results]


def test_of_two_who_write_one_thing_the_newer_state_stays(monkeypatch):
    service = create_service(name="Lithotripsy")
    has_read = threading.Event()

    def slowly(thing):
        documents = list(source_of("service").documents(thing))
        if not has_read.is_set():
            has_read.set()
            time.sleep(0.5)  # long enough for the other to have written, were there nothing to wait for
        return documents

    monkeypatch.setattr(indexing, "source_of", lambda kind: replace(source_of(kind), documents=slowly))
    slow = beside(lambda: indexing.refresh("service", [service.pk]))
    has_read.wait(10)
    service.name = "Dialysis"
    service.save()
    slow.join(10)

    assert (found("lithotripsy"), found("dialysis")) == ([], ["Dialysis"])


def test_what_is_withdrawn_while_it_is_written_stays_gone(monkeypatch):
    service = create_service(name="Lithotripsy")
    has_read = threading.Event()

    def slowly(thing):
        documents = list(source_of("service").documents(thing))
        has_read.set()
        time.sleep(0.5)
        return documents

    monkeypatch.setattr(indexing, "source_of", lambda kind: replace(source_of(kind), documents=slowly))
    slow = beside(lambda: indexing.refresh("service", [service.pk]))
    has_read.wait(10)
    Service.objects.get(pk=service.pk).delete()
    slow.join(10)

    assert found("lithotripsy") == []


def test_a_search_finds_everything_while_the_index_is_rebuilt(monkeypatch):
    monkeypatch.setattr(rebuilding, "AT_ONCE", 1)
    names = [f"Lithotripsy {number}" for number in range(6)]
    for name in names:
        create_service(name=name)

    counts = set()
    building = beside(rebuild)
    while building.is_alive():
        counts.add(len(found("lithotripsy")))
    building.join()

    assert counts == {len(names)}


def test_two_rebuildings_at_once_leave_one_index():
    for number in range(4):
        create_service(name=f"Lithotripsy {number}")

    threads = [beside(rebuild) for _ in range(2)]
    for thread in threads:
        thread.join(30)

    assert len(found("lithotripsy")) == 4
    assert rebuilding.agree() == rebuilding.Agreement(right=4)


def test_writers_side_by_side_write_all_and_tell_how_far_they_are(monkeypatch):
    monkeypatch.setattr(rebuilding, "AT_ONCE", 2)
    for number in range(5):
        create_service(name=f"Lithotripsy {number}")
    told = []

    rebuild(lambda source, done, total: told.append((source.kind, done, total)))

    assert told == [("service", 2, 5), ("service", 4, 5), ("service", 5, 5)]
    assert len(found("lithotripsy")) == 5


def test_what_goes_wrong_with_one_writer_ends_the_rebuilding(monkeypatch):
    monkeypatch.setattr(rebuilding, "AT_ONCE", 1)
    for number in range(3):
        create_service(name=f"Lithotripsy {number}")

    def refuse(_thing):
        raise ValueError("No document.")

    monkeypatch.setattr(indexing, "source_of", lambda kind: replace(source_of(kind), documents=refuse))

    with pytest.raises(ValueError, match=r"No document\."):
        rebuild()
