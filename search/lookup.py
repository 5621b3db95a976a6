"""One visitor's look into the index: what fits, ranked, and counted by kind and topic.

However much fits, only some hundred rows are read, each with no more than the ranking needs; the entries
themselves are fetched for the results that are shown.
"""

import json
from collections import Counter, namedtuple

from django.conf import settings
from django.db import connection

from .expressions import TIMELESS, kind_mark, topic_mark
from .found import Facet, Found
from .models import Entry, Name
from .numbers import beginning_in, ending_keys_in, extension_in
from .ranking import NAME_IS_IT, TITLE_IS_IT, TOGETHER, rank
from .sources import sources
from .sql import places
from .stores import store

MOST_COUNTED = 150  # what fits is counted and ranked up to here; of more, the best by name and the newest
OF_EACH_SORT = 20  # of more, so many of each sort

COLUMNS = (
    "id kind object_id language path title title_stems names_stems summary_stems serves topics dated ends_at boost"
)
ID, KIND, SERVES = (COLUMNS.split().index(name) for name in ("id", "kind", "serves"))
Row = namedtuple("Row", COLUMNS)
# Instants come as texts too: the drivers of both databases take long to make them aware, and most are not looked at.
_AS_TEXT = {"serves", "topics", "dated", "ends_at"}
_SELECTED = ", ".join(f"CAST(e.{name} AS text)" if name in _AS_TEXT else f"e.{name}" for name in COLUMNS.split())
_ONLY_SEARCHED = ("text", "title_stems", "names_stems", "summary_stems", "names", "topics", "serves", "digest")


class Lookup:
    """Looks among `among` (kinds; empty: all) as a visitor in `language` may see it at the instant `at`.

    `look` is a Look of the store.
    `kind` and `topic` ("" for all) narrow the results and not what is counted. `between` are two instants or None.
    `most` is how many rows are counted and ranked, `together` how many results are shown at a time.
    """

    def __init__(
        self,
        look,
        *,
        language,
        at,
        among=(),
        kind="",
        topic="",
        between=(None, None),
        most=MOST_COUNTED,
        together=TOGETHER,
    ):
        self._look = look
        self.kind = kind
        self.topic = topic
        self.at = at
        self.among = among
        self.most = most
        self.together = together
        self.sources = {source.kind: source for source in sources() if not among or source.kind in among}
        self.language = language
        self._shown = _shown(at, *between)

    def numbered(self, question):
        """Return the Found of those whose telephone number was typed; None where none was, or nobody has it."""
        number = question.number
        if not number:
            return None
        whole, switchboard = number.key, number.without_extension.key
        names = list(self._names([whole, switchboard], Name.Kind.NUMBER, Name.Kind.SWITCHBOARD))
        exactly = {pk for pk, kind, key in names if kind == Name.Kind.NUMBER and key == whole}
        named = {pk: TITLE_IS_IT if pk in exactly else NAME_IS_IT for pk, _kind, _key in names}
        return self._found(question, self._rows_of(named), named) if named else None

    def begun_number(self, question):
        """Return the Found of those whose telephone number begins with what was typed; None where none does."""
        digits = beginning_in(question.text)
        if not digits:
            return None
        after = digits[:-1] + chr(ord(digits[-1]) + 1)
        names = Name.objects.filter(key__gte=digits, key__lt=after, kind=Name.Kind.NUMBER)
        named = dict.fromkeys(names.values_list("entry", flat=True)[: self.most], NAME_IS_IT)
        return self._found(question, self._rows_of(named), named) if named else None

    def with_extension(self, question):
        """Return the Found of those whose extension was typed and called one; None where nobody has it."""
        digits = extension_in(question.text)
        return self._ended(question, [f"x{digits}"]) if digits else None

    def ended_number(self, question):
        """Return the Found of those whose extension was typed, or how their number ends; None where nobody's does."""
        keys = ending_keys_in(question.text)
        return self._ended(question, keys) if keys else None

    def _ended(self, question, keys):
        names = self._names(keys, Name.Kind.NUMBER)
        named = {pk: NAME_IS_IT for pk, _kind, _key in names[: self.most]}
        return self._found(question, self._rows_of(named), named) if named else None

    def named(self, question):
        """Return {entry's id: TITLE_IS_IT or NAME_IS_IT} of those that are called what was asked."""
        names = self._names([question.key], Name.Kind.TITLE, Name.Kind.ALSO) if question.key else []
        titles = {pk for pk, kind, _key in names if kind == Name.Kind.TITLE}
        return {pk: TITLE_IS_IT if pk in titles else NAME_IS_IT for pk, _kind, _key in names}

    def matching(self, question, expression, *, names_only=False, named=None):
        """Return the Found of what fits `expression`, and of those that are `named` (see there) exactly so."""
        if not question.terms:
            return Found(question)
        named = named or {}
        every = self._select(question, expression, names_only, limit=self.most + 1)
        if question.without:
            ids = {told[ID] for told in every}
            named = {pk: exactly for pk, exactly in named.items() if pk in ids}
        elif missing := set(named) - {told[ID] for told in every}:
            every = [*self._rows_of(missing), *every]
        if len(every) <= self.most:
            return self._found(question, every, named)
        return self._best_of_many(question, expression, names_only, named, every)

    def _best_of_many(self, question, expression, names_only, named, every):
        """Return the Found of those that stand for more than can be counted."""
        narrowed = [{kind_mark(self.kind)}] if self.kind else []
        narrowed += [{topic_mark(self.topic)}] if self.topic else []
        if narrowed:
            every = self._select(question, expression, names_only, limit=self.most + 1, marks=narrowed)
            if len(every) <= self.most:
                return self._found(question, every, named, counts=False)
        some = [told for told in every if told[ID] in named]
        some += [told for told in every if told[ID] not in named][:OF_EACH_SORT]
        by_name = [] if names_only else self._select(question, expression, True, limit=OF_EACH_SORT, marks=narrowed)
        sorts = [True, False]
        if not any(self.sources[kind].dated for kind in ([self.kind] if self.kind else self.sources)):
            sorts = []  # all are timeless, and the newest of them are there
        elif names_only:
            sorts = [True]
        elif len(by_name) < OF_EACH_SORT:  # those are all that there are, the timeless ones among them
            sorts = [False]
        for in_names in sorts:
            marks = [*narrowed, {TIMELESS}]
            some += self._select(question, expression, in_names, limit=OF_EACH_SORT, marks=marks)
        rows = {told[ID]: told for told in [*some, *by_name]}
        return self._found(question, rows.values(), named, counts=False)

    def _select(self, question, expression, names_only, *, limit, marks=()):
        """Return the COLUMNS of what fits, the newest first."""
        if self.among:
            marks = [*marks, {kind_mark(kind) for kind in self.among}]
        return self._known(
            self._look.fetch(
                _SELECTED,
                expression,
                without=question.without,
                marks=marks,
                language=self.language,
                names_only=names_only,
                shown=self._shown,
                limit=limit,
            )
        )

    def _rows_of(self, ids):
        """Return the COLUMNS of those of these ids that are shown."""
        if not ids:
            return []
        condition, parameters = self._shown
        sql = f"SELECT {_SELECTED} FROM search_entry e WHERE e.id IN ({places(ids)}) AND {condition}"  # noqa: S608 (only %s)
        with connection.cursor() as cursor:
            cursor.execute(sql, [*ids, *parameters])
            rows = self._known(cursor.fetchall())
        return [told for told in rows if self.language in json.loads(told[SERVES])]

    def _known(self, rows):
        """Return those of `rows` whose kind is looked through."""
        return [told for told in rows if told[KIND] in self.sources]

    def _names(self, keys, *kinds):
        """Return (entry's id, kind, key) of the Names that are one of `keys`, a list."""
        # By hand: Django takes five times as long to write so small a question down as the database to answer it.
        sql = f"""SELECT entry_id, kind, key FROM search_name
            WHERE key IN ({places(keys)}) AND kind IN ({places(kinds)})"""  # noqa: S608 (only %s)
        with connection.cursor() as cursor:
            cursor.execute(sql, [*keys, *map(str, kinds)])
            return cursor.fetchall()

    def _found(self, question, found, named, *, counts=True):
        """Return the Found of `found`, COLUMNS of entries; where `counts` is False there is more than these.

        Kinds and topics then have no numbers.
        """
        instant = store().instant
        rows = [_row(told, instant) for told in found]
        topics_of = {row.id: json.loads(row.topics) if row.topics != "[]" else [] for row in rows}
        wanted = [row for row in rows if self._is_wanted(row.kind, topics_of[row.id])]
        results = rank(
            question, wanted, named=named, sources=self.sources, at=self.at, fetch=entries_of, together=self.together
        )
        kinds = Counter(row.kind for row in rows if not self.topic or self.topic in dict(topics_of[row.id]))
        topics = [topics_of[row.id] for row in rows if self.kind in ("", row.kind)]
        return Found(
            question, results, self._kind_facets(kinds, counts), _topic_facets(topics, counts=counts), more=not counts
        )

    def _is_wanted(self, kind, topics):
        return self.kind in ("", kind) and (not self.topic or self.topic in dict(topics))

    def _kind_facets(self, counted, counts):
        if not counts:
            return [Facet(source.kind, source.label, None) for source in self.sources.values()]
        return [Facet(kind, source.label, counted[kind]) for kind, source in self.sources.items() if counted[kind]]


def _row(told, instant):
    """Return the Row of the COLUMNS `told`, with its instants as datetimes, which `instant` makes of their texts."""
    *others, dated, ends_at, boost = told
    return Row._make((*others, dated and instant(dated), ends_at and instant(ends_at), boost))


def _topic_facets(found, *, counts):
    names = {slug: name for topics in found for slug, name in topics}
    often = Counter(slug for topics in found for slug, _name in topics)
    return [Facet(slug, names[slug], often[slug] if counts else None) for slug in sorted(names, key=names.get)]


def _shown(at, after, before):
    """Return, as SQL about the entry `e` with its parameters, the rule of EntryQuerySet.shown(), and two instants.

    What takes place at a time is left out unless it does so after `after` and before `before`, or None.
    """
    condition = "(e.shown_from IS NULL OR e.shown_from <= %s) AND (e.shown_until IS NULL OR e.shown_until > %s)"
    instants = [at, at]
    if not settings.DEMONSTRATION:
        condition += " AND NOT e.demonstration"
    if after:
        condition += " AND (e.ends_at IS NULL OR e.ends_at > %s)"
        instants.append(after)
    if before:
        condition += " AND (e.ends_at IS NULL OR e.dated < %s)"
        instants.append(before)
    return condition, [connection.ops.adapt_datetimefield_value(each) for each in instants]


def entries_of(rows):
    """Return {id: Entry} of these Rows, without what only the search itself reads.

    One that has gone in this moment is made of its Row, so that the page can still be written.
    """
    entries = Entry.objects.defer(*_ONLY_SEARCHED).in_bulk([row.id for row in rows])
    return {row.id: entries.get(row.id) or _made_of(row) for row in rows}


def _made_of(row):
    told = {name: getattr(row, name) for name in ("kind", "object_id", "language", "path", "title")}
    return Entry(pk=row.id, **told)
