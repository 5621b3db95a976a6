"""Find what fits a visitor's words among everything that is published."""

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from .matching import phone_digits, score, words_of
from .sources import Document, sources

PER_KIND = 20


@dataclass(frozen=True)
class Result:
    document: Document
    kind: str
    label: str
    score: int


def find(query):
    """Return the list of Results for `query`, best first; empty where nothing fits or nothing was asked.

    A phone number, typed any way, finds whose it is; otherwise every word must stand somewhere in the thing.
    One query for each kind, at most PER_KIND things of it.
    """
    words = words_of(query)
    if not words:
        return []
    digits = phone_digits(query)
    results = []
    for source in sources():
        if digits and source.by_phone:
            matching = source.by_phone(digits)
        else:
            matching = source.published().filter(reduce(and_, (_anywhere(word, source.fields) for word in words)))
        found = matching.prefetch_related(*source.prefetch).distinct()
        documents = [source.document(thing) for thing in found[:PER_KIND]]
        scored = [Result(document, source.kind, source.label, score(query, document)) for document in documents]
        results.extend(scored)
    rank = {source.kind: source.rank for source in sources()}
    return sorted(results, key=lambda result: (-result.score, rank[result.kind], result.document.title))


def _anywhere(word, fields):
    return reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields))
