"""Find what answers a visitor's question, among all that is public."""

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial

from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from publishing.instant import now

from .expressions import DATED, TIMELESS, All, Scope, Some, kind_mark, not_for_mark, topic_mark
from .lay_words import LAY_WORDS
from .memory import recall
from .models import Entry, Name
from .questions import Question, understand
from .ranking import NAME_IS_IT, TITLE_IS_IT, rank
from .sources import sources
from .stores import store
from .vocabulary import VOCABULARY

MOST_COUNTED = 300  # what fits is counted and ranked up to here; of more, the best by name and the newest
CLEARLY_BETTER = 100  # points
BY_NAME = 60  # of more, so many of each sort


@dataclass(frozen=True)
class Facet:
    """A kind or a topic of what was found: `count` is None where there was too much to count."""

    value: str
    label: str
    count: int | None


@dataclass(frozen=True)
class Found:
    """What `find` returns. `results` are Results, best first.

    `instead` is the text that was looked for in place of what was typed, or "". `meant` is one that is offered,
    or "". With `loosely`, nothing had all the words, and the results have some. With `more`, there is more than
    can be listed. `looked_for` is the Question whose words stand in the results: that of `instead` where it is set.
    """

    question: Question
    results: list = field(default_factory=list)
    kinds: list = field(default_factory=list)
    topics: list = field(default_factory=list)
    more: bool = False
    instead: str = ""
    meant: str = ""
    loosely: bool = False
    looked_for: Question | None = None

    def __post_init__(self):
        if self.looked_for is None:
            object.__setattr__(self, "looked_for", self.question)

    @property
    def fits(self):
        """Return whether anything was found, be it of another kind or topic than the filters let through."""
        return bool(self.results or self.kinds or self.topics)


def find(text, *, language=None, among=(), kind="", topic="", between=(None, None), as_typed=False, at=None, lay=None):
    """Return the Found for `text`, as a visitor in `language` (default: the page's) may see it at `at`.

    `among` are the kinds that are looked through; empty: all. `kind` and `topic` (a slug) are filters: they
    narrow the results, and what else was found is still counted. `between` are two aware datetimes, or None: of
    what takes place at a time, only what does so after the first and before the second is found; what has no such
    time is not touched. With `as_typed` no typing error is mended.
    `lay` is a LayWords to use in place of the stored ones, for trying out a change.

    First all the words are looked for, with what the list of lay words says they mean. Where nothing has
    them all: as beginnings of the words of a name; then with typing errors mended; then as beginnings
    anywhere; then only some of the words.
    """
    stored, known = recall(LAY_WORDS, VOCABULARY)
    search = _Search(lay or stored, language or get_language(), among, kind, topic, at or now(), between)
    question = search.understand(text)
    if question.is_empty:
        return Found(question)
    found = search.by_number(question) or search.all_words(question)
    corrected = None if as_typed else question.corrected(known)
    mended = search.all_words(search.understand(corrected)) if corrected else Found(question)
    mended = replace(mended, question=question, instead=corrected or "")
    if found.fits:
        return _likelier(found, mended)
    # Among several words one that is nearly right is an error; alone it may be the beginning of a name.
    if mended.fits and len(question.words) > 1 and corrected == question.corrected(known, at_most=1):
        return mended
    if (begun := search.beginnings(question, names_only=True)).fits:
        return begun
    if mended.fits:
        return mended
    if (anywhere := search.beginnings(question)).fits:
        return anywhere
    return search.some_words(question)


def _likelier(found, mended):
    """Return what is shown where the question as it was typed has `found` something, and `mended` fits by name.

    A word that nobody knows and that fits a name all the same does so by its stem, which "handly" shares with
    "hand": then the better one is shown. What fits by its text only stands there as it was typed.
    """
    if not found.results or not mended.results or not mended.results[0].fits_by_name:
        return found
    if not found.results[0].fits_by_name:
        return replace(found, meant=mended.instead)
    return mended if mended.results[0].score >= found.results[0].score + CLEARLY_BETTER else found


def suggest(text, *, language=None, among=(), limit=8):
    """Return the Results, at most `limit`, whose names answer `text` while it is still being typed.

    `among` are the kinds that are looked through; empty: all.
    """
    lay, known = recall(LAY_WORDS, VOCABULARY)
    search = _Search(lay, language or get_language(), among, "", "", now())
    question = search.understand(text)
    if question.is_empty:
        return []
    found = search.by_number(question) or search.beginnings(question, names_only=True)
    if not found.results and (corrected := question.corrected(known)):
        found = search.beginnings(search.understand(corrected), names_only=True)
    return found.results[:limit]


class _Search:
    """One visitor's look into the index."""

    def __init__(self, lay_words, language, among, kind, topic, at, between=(None, None)):
        self.lay_words = lay_words
        self.language = language
        self.kind = kind
        self.topic = topic
        self.at = at
        self.after, self.before = between
        self.among = among
        self.sources = {source.kind: source for source in sources() if not among or source.kind in among}

    def understand(self, text):
        """Return the Question of `text`."""
        return understand(text, self.lay_words, "|".join(source.asked_by for source in sources()))

    def by_number(self, question):
        """Return the Found of those whose telephone number was typed; None where none was, or nobody has it."""
        if not question.number:
            return None
        whole = self._named({question.number.key}, Name.Kind.NUMBER)
        board = self._named({question.number.without_extension.key}, Name.Kind.NUMBER, Name.Kind.SWITCHBOARD)
        named = dict.fromkeys(board, NAME_IS_IT) | dict.fromkeys(whole, TITLE_IS_IT)
        return self._ranked(question, [], named) if named else None

    def all_words(self, question):
        """Return the Found of what has every term of `question`."""
        return self._matching(question, All(tuple(term.expression() for term in question.terms)), named=True)

    def beginnings(self, question, *, names_only=False):
        """Return the Found of what has words, of names or anywhere, that begin as the words of `question`."""
        expression = All(tuple(term.expression(beginning=True) for term in question.terms))
        return self._matching(question, expression, names_only=names_only, named=names_only)

    def some_words(self, question):
        """Return the Found of what has at least one term of `question`."""
        if len(question.terms) < 2:
            return Found(question)
        expression = Some(tuple(term.expression() for term in question.terms))
        return replace(self._matching(question, expression), loosely=True)

    def _matching(self, question, expression, *, names_only=False, named=False):
        if not question.terms:
            return Found(question)
        exact = self._exactly_named(question) if named else {}
        select = partial(self._select, question, expression, names_only=names_only)
        every = select(limit=MOST_COUNTED + 1)
        if question.without:
            exact = {pk: exactly for pk, exactly in exact.items() if pk in {row[0] for row in every}}
        if len(every) <= MOST_COUNTED:
            return self._ranked(question, every, exact, counted=every)
        rows = select(limit=MOST_COUNTED + 1, narrowed=True) if self.kind or self.topic else every
        if len(rows) <= MOST_COUNTED:
            return self._ranked(question, rows, exact)
        best = rows[:BY_NAME]
        for mark in (TIMELESS, DATED):
            best += self._select(question, expression, names_only=True, limit=BY_NAME, narrowed=True, mark=mark)
            if not names_only:
                best += select(limit=BY_NAME, narrowed=True, mark=mark)
        return replace(self._ranked(question, best, exact), more=True)

    def _select(self, question, expression, *, names_only, limit, narrowed=False, mark=None):
        """Return the rows (id, kind, topics) of what fits, the newest first; `narrowed` by kind and topic, or not."""
        scope = [{kind_mark(kind) for kind in self.among} or {None}, {mark}]
        if narrowed:
            scope += [
                {kind_mark(self.kind)} if self.kind else {None},
                {topic_mark(self.topic)} if self.topic else {None},
            ]
        sql, parameters = store().select(
            expression,
            without=question.without,
            scope=Scope(tuple(frozenset(marks) for marks in scope if marks != {None}), not_for_mark(self.language)),
            names_only=names_only,
            shown=self._shown(),
            limit=limit,
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return [(pk, kind, json.loads(topics)) for pk, kind, topics in cursor.fetchall()]

    def _shown(self):
        """Return, as SQL about the entry `e` with its parameters, the rules of EntryQuerySet.shown() and `between`."""
        condition = "(e.shown_from IS NULL OR e.shown_from <= %s) AND (e.shown_until IS NULL OR e.shown_until > %s)"
        if not settings.DEMONSTRATION:
            condition += " AND NOT e.demonstration"
        parameters = [self.at, self.at]
        if self.after:
            condition += " AND (e.ends_at IS NULL OR e.ends_at > %s)"
            parameters.append(self.after)
        if self.before:
            condition += " AND (e.ends_at IS NULL OR e.dated < %s)"
            parameters.append(self.before)
        instants = [connection.ops.adapt_datetimefield_value(instant) for instant in parameters]
        return condition, instants

    def _exactly_named(self, question):
        """Return {entry's id: TITLE_IS_IT or NAME_IS_IT} of those that are called what was asked."""
        asked = self._named({question.key}, Name.Kind.TITLE, Name.Kind.ALSO)
        return {pk: TITLE_IS_IT if Name.Kind.TITLE in kinds else NAME_IS_IT for pk, kinds in asked.items()}

    def _named(self, keys, *kinds):
        """Return {entry's id: the kinds of Names by which it is called one of `keys`}."""
        named = {}
        if keys:
            for pk, kind in Name.objects.filter(key__in=keys, kind__in=kinds).values_list("entry", "kind"):
                named.setdefault(pk, set()).add(kind)
        return named

    def _ranked(self, question, rows, exact, counted=None):
        """Return the Found of the entries of `rows` and of those named exactly, as far as they may be shown.

        `counted` are the rows in which kinds and topics are counted; None: there is too much to count.
        """
        ids = {row[0] for row in rows} | set(exact)
        entries = Entry.objects.shown(self.at).between(self.after, self.before)
        entries = entries.filter(pk__in=ids, kind__in=self.sources).defer("text")
        entries = [entry for entry in entries if self.language in entry.serves]
        wanted = [entry for entry in entries if self._is_wanted(entry.kind, entry.topics)]
        results = rank(question, wanted, named=exact, sources=self.sources, at=self.at)
        if counted is None:
            kinds = [Facet(source.kind, source.label, None) for source in self.sources.values()]
            return Found(question, results, kinds, self._topics(rows, counts=False))
        others = [(entry.pk, entry.kind, entry.topics) for entry in entries]
        counted = list({row[0]: row for row in [*counted, *others]}.values())
        return Found(question, results, self._kinds(counted), self._topics(counted))

    def _is_wanted(self, kind, topics):
        return self.kind in ("", kind) and (not self.topic or self.topic in {slug for slug, _name in topics})

    def _kinds(self, rows):
        counts = Counter(kind for _pk, kind, topics in rows if not self.topic or self.topic in dict(topics))
        return [
            Facet(source.kind, source.label, counts[source.kind])
            for source in self.sources.values()
            if counts[source.kind]
        ]

    def _topics(self, rows, *, counts=True):
        found = [topics for _pk, kind, topics in rows if self.kind in ("", kind)]
        names = {slug: name for topics in found for slug, name in topics}
        often = Counter(slug for topics in found for slug, _name in topics)
        return [Facet(slug, names[slug], often[slug] if counts else None) for slug in sorted(names, key=names.get)]
