"""The whole index: written anew, or compared with the content, thing by thing, while it is being searched."""

import logging
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connection, connections, transaction

from publishing.batches import batches

from .indexing import AT_ONCE, digest_of, forget, refresh, vocabulary_of, write_fixed
from .models import Entry, Word
from .sources import sources
from .stores import store
from .vocabulary import VOCABULARY

logger = logging.getLogger(__name__)


def rebuild(tell=lambda source, done, total: None):
    """Write every thing anew, and forget what is no longer there. Return the number of entries.

    Every thing keeps its entry until the new one is written. `tell` is called with the source, how many of
    its things are done, and how many there are.
    """
    with store().writing_all():
        for source in sources():
            write_fixed(source)
            ids = _ids_of(source)
            done = 0
            for written in _refreshed(source.kind, batches(ids, AT_ONCE)):
                done += written
                tell(source, done, len(ids))
            _forget_others(source, ids)
    _forget_unknown_kinds()
    store().settle()
    count_words()
    return Entry.objects.count()


def _refreshed(kind, all_ids):
    """Refresh the things of `kind` with these primary keys, lists of them, and yield of each how many they were.

    As many lists at a time as the store takes, in threads that have a connection each; one within a transaction, which
    other connections do not see into.
    """
    writers = 1 if connection.in_atomic_block else store().WRITERS
    if writers == 1:
        for ids in all_ids:
            refresh(kind, ids, learning=False)
            yield len(ids)
        return
    with ThreadPoolExecutor(writers) as pool:
        begun = [pool.submit(_refresh_alone, kind, ids) for ids in all_ids]
        try:
            for each in begun:
                yield each.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _refresh_alone(kind, ids):
    """Refresh in a connection that is closed afterwards; return how many things they were."""
    try:
        refresh(kind, ids, learning=False)
    finally:
        connections.close_all()
    return len(ids)


@dataclass
class Agreement:
    """What a comparison of index and content found and has mended; counts of things."""

    right: int = 0
    wrong: int = 0
    extra: int = 0


def agree():
    """Compare every thing with its entries and write anew what differs. Return the Agreement."""
    agreement = Agreement()
    for source in sources():
        write_fixed(source)
        ids = _ids_of(source)
        for batch in batches(ids, AT_ONCE):
            wrong = _differing(source, batch)
            agreement.right += len(batch) - len(wrong)
            agreement.wrong += len(wrong)
            if wrong:
                refresh(source.kind, wrong)
        agreement.extra += _forget_others(source, ids)
    _forget_unknown_kinds()
    store().settle()
    count_words()
    if agreement.wrong or agreement.extra:
        logger.warning("The search index differed: %d things wrong, %d too many", agreement.wrong, agreement.extra)
    return agreement


def count_words():
    """Count anew in how many things each word of the vocabulary stands, and forget those that stand in none."""
    known = dict(Word.objects.values_list("word", "things"))  # before counting: what is learned meanwhile stays
    counts = Counter()
    for named in Entry.objects.order_by().values_list("title", "names", "summary").iterator(chunk_size=AT_ONCE):
        counts.update(vocabulary_of(*named))
    changed = [Word(word=word, things=things) for word, things in sorted(counts.items()) if known.get(word) != things]
    gone = sorted(known.keys() - counts.keys())
    with transaction.atomic():
        for batch in batches(gone, AT_ONCE):
            Word.objects.filter(word__in=batch).delete()
        Word.objects.bulk_create(
            changed, batch_size=1000, update_conflicts=True, unique_fields=["word"], update_fields=["things"]
        )
        if gone or changed:
            VOCABULARY.changed()


def _ids_of(source):
    return list(source.things().order_by("pk").values_list("pk", flat=True).distinct()) if source.things else []


def _differing(source, ids):
    """Return those of `ids` whose entries are not what the things say today."""
    expected = {
        thing.pk: {document.language: digest_of(document) for document in source.documents(thing)}
        for thing in source.things().filter(pk__in=ids)
    }
    entries = Entry.objects.filter(kind=source.kind, object_id__in=ids)
    rows = list(entries.values_list("pk", "object_id", "language", "digest"))
    findable = store().known([row[0] for row in rows])
    found = {pk: {} for pk in ids}
    for pk, object_id, language, digest in rows:
        found[object_id][language] = digest if pk in findable else ""
    return [pk for pk in ids if found[pk] != expected.get(pk, {})]


def _forget_others(source, ids):
    """Forget the entries of things that are not among `ids`; return how many things that were.

    They are asked for once more: what was published since `ids` were read stands in the index and is to stay there.
    """
    known = set(ids)
    entries = Entry.objects.filter(kind=source.kind, object_id__gt=0)
    others = {pk for pk in entries.values_list("object_id", flat=True).iterator() if pk not in known}
    forgotten = 0
    for batch in batches(sorted(others), AT_ONCE):
        new = set(source.things().filter(pk__in=batch).values_list("pk", flat=True)) if source.things else set()
        gone = [pk for pk in batch if pk not in new]
        forget(source.kind, gone)
        forgotten += len(gone)
    return forgotten


def _forget_unknown_kinds():
    unknown = Entry.objects.exclude(kind__in=[source.kind for source in sources()])
    for kind in unknown.order_by().values_list("kind", flat=True).distinct():
        for batch in batches(list(unknown.filter(kind=kind).values_list("object_id", flat=True)), AT_ONCE):
            forget(kind, batch)
