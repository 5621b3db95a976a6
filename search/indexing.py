"""Writing the index: what a feature says of its things becomes rows, names, and words in the store."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .expressions import TIMELESS, kind_mark, not_for_mark, topic_mark
from .models import Entry, Name, Word
from .numbers import number_in
from .sources import source_of
from .stores import store
from .vocabulary import VOCABULARY
from .words import STOP_WORDS, joined_words_of, key_of, stem, stems_of, words_of

LONGEST_TEXT = 20_000  # characters of a thing that are searched
LONGEST_KEY = 300
FORMAT = 3  # one more where the same document is written in another way: then the nightly check writes all anew
AT_ONCE = 200  # things in memory and in one transaction

_DERIVED = [
    *(
        "shown_from",
        "shown_until",
        "demonstration",
        "dated",
        "ends_at",
        "place",
        "boost",
        "localized",
        "serves",
        "path",
    ),
    *("title", "title_stems", "names", "names_stems", "phone", "topics", "digest", "written_at"),
    *("summary", "summary_stems", "text"),
]


def refresh(kind, ids, *, learning=True):
    """Write the things of `kind` with these primary keys anew, and forget those that are gone or drafts.

    `learning` is False where somebody counts the words of all afterwards.
    """
    source = source_of(kind)
    ids = sorted(set(ids))
    with transaction.atomic():
        # Two who refresh one thing do so one after the other, so that the newer state is written last.
        list(source.model.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))
        documents = {pk: [] for pk in ids}
        for thing in source.things().filter(pk__in=ids):
            documents[thing.pk] = list(source.documents(thing))
        write(source, documents, learning=learning)


def write_fixed(source):
    """Write the documents of `source` that are in no table."""
    fixed = source.fixed() if source.fixed else []
    gone = Entry.objects.filter(kind=source.kind, object_id__lt=0).values_list("object_id", flat=True)
    documents = {pk: [] for pk in gone}
    for place, document in enumerate(fixed, start=1):
        documents[-place] = [document]
    with transaction.atomic():
        write(source, documents)


def write(source, documents, *, learning=True):
    """Write `documents`, {primary key of the thing: list of its Documents}; what a thing no longer has is forgotten."""
    pairs = [(each, _entry(source, pk, each, given)) for pk, given in documents.items() for each in given]
    entries = [entry for _document, entry in pairs]
    had = Entry.objects.filter(kind=source.kind, object_id__in=documents).values_list("pk", "object_id", "language")
    written = {(entry.object_id, entry.language) for entry in entries}
    _delete([pk for pk, object_id, language in had if (object_id, language) not in written])
    Entry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["kind", "object_id", "language"], update_fields=_DERIVED
    )
    Name.objects.filter(entry__in=entries).delete()
    Name.objects.bulk_create(name for document, entry in pairs for name in _names(entry, document.numbers))
    store().write((entry.pk, *_texts(entry), _marks(source, entry)) for entry in entries)
    if learning:
        _learn(entries)


def forget(kind, ids):
    """Take the things of `kind` with these primary keys out of the index."""
    _delete(list(Entry.objects.filter(kind=kind, object_id__in=ids).values_list("pk", flat=True)))


def digest_of(document):
    """Return a short text that changes with whatever `document` says."""
    return hashlib.blake2b(f"{FORMAT} {document!r}".encode(), digest_size=16).hexdigest()


def vocabulary_of(title, names, summary):
    """Return the set of the words of names and summary that a typing error may have been meant for."""
    return set(filter(is_vocabulary, set(words_of("\n".join((title, *names, summary))))))


def is_vocabulary(word):
    """Return whether `word` may be offered in place of a typing error."""
    return len(word) >= 3 and word.isalpha() and word not in STOP_WORDS


def _learn(entries):
    words = sorted(set().union(*(vocabulary_of(entry.title, entry.names, entry.summary) for entry in entries)))
    known = set(Word.objects.filter(word__in=words).values_list("word", flat=True))
    if unknown := [Word(word=word) for word in words if word not in known]:
        Word.objects.bulk_create(unknown, ignore_conflicts=True)
        VOCABULARY.changed()


def _delete(pks):
    if pks:
        store().delete(pks)
        Entry.objects.filter(pk__in=pks).delete()


def _entry(source, pk, document, siblings):
    language = document.language
    return Entry(
        kind=source.kind,
        object_id=pk,
        language=language,
        shown_from=document.shown_from,
        shown_until=document.shown_until,
        demonstration=document.demonstration,
        dated=document.dated,
        ends_at=document.ends_at,
        place=document.place[:200],
        boost=document.boost,
        localized=document.localized,
        serves=_serves(document, siblings),
        path=document.path,
        title=document.title[:200],
        title_stems=" ".join(_with_joined(document.title, language)),
        names=list(document.names),
        names_stems=" : ".join(" ".join(_with_joined(name, language)) for name in document.names),
        phone=document.phone and [str(part) for part in document.phone],
        topics=[[str(slug), str(name)] for slug, name in document.topics],
        digest=digest_of(document),
        written_at=timezone.now(),
        summary=document.summary,
        summary_stems=" ".join(_with_joined(document.summary, language)),
        text=document.text[:LONGEST_TEXT],
    )


def _serves(document, siblings):
    """Return the languages of the visitors who are to find `document`, one of the `siblings` of its thing."""
    if document.serves is not None:
        return sorted(document.serves)
    others = {sibling.language for sibling in siblings} - {document.language}
    return sorted({code for code, _name in settings.LANGUAGES} - others)


def _with_joined(text, language):
    return [*stems_of(text, language), *(stem(word, language) for word in joined_words_of(text))]


def _names(entry, numbers):
    keys = [(Name.Kind.TITLE, key_of(entry.title))]
    keys += [(Name.Kind.ALSO, key_of(name)) for name in entry.names]
    for number in numbers:
        keys += _number_keys(number)
    return [Name(entry=entry, kind=kind, key=key) for kind, key in dict.fromkeys(keys) if 0 < len(key) <= LONGEST_KEY]


def _number_keys(text):
    number = number_in(text)
    if number is None:  # a short code for text messages
        return [(Name.Kind.NUMBER, text)]
    keys = [(Name.Kind.NUMBER, key) for key in [*number.keys, *number.ending_keys]]
    if number.extension:
        keys += [(Name.Kind.SWITCHBOARD, key) for key in number.without_extension.keys]
    return keys


def _texts(entry):
    names = [entry.title_stems.split(), *(name.split() for name in entry.names_stems.split(" : "))]
    return names, [entry.summary_stems.split(), _with_joined(entry.text, entry.language)]


def _marks(source, entry):
    return {
        kind_mark(source.kind),
        *(() if source.dated else (TIMELESS,)),
        *(topic_mark(slug) for slug, _name in entry.topics),
        *(not_for_mark(code) for code, _name in settings.LANGUAGES if code not in entry.serves),
    }
