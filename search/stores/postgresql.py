"""tsvector: a table beside the index, whose id is the entry's id, with a GIN index.

The table is made by a migration of this app. Its rows are short, for the words themselves lie beside them: to look
through many reads few pages.
"""

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from math import ceil

from django.db import connection, transaction

from ..expressions import TIMELESS, All, Phrase, Some

WEIGHTS = "AB"  # the title, then the other names; what follows has the lowest
BLOCKS = {"c": 500, "b": 5_000}  # so many entries have a mark in common, by their ids
MOST_BLOCKS = 8  # that are looked through at once
FIRST_LOOK = 1_000  # entries
SURPLUS = 1.3  # so much more than should be enough is looked through, since nothing is spread evenly
MOST_READ = 1_000  # entries whose words are read for a phrase
HEAP = 8 * 2**10  # kB of words that are sorted in at once; each search looks through all that are not yet
WRITERS = 2  # that write everything anew side by side: while PostgreSQL sorts words in, others are put together


def write(rows):
    """Keep the words of `rows`: tuples of (entry's id, texts that are names, further texts, marks), texts as stems."""
    values = [(pk, _vector(names, texts, {*marks, *_blocks_of(pk)})) for pk, names, texts, marks in rows]
    if not values:
        return
    places = ", ".join(["(%s, %s::tsvector)"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO search_words (id, words) VALUES {places}
                ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words
                WHERE search_words.words <> EXCLUDED.words""",  # noqa: S608 (only %s)
            [value for pair in values for value in pair],
        )


@contextmanager
def writing_all():
    """Let the GIN index take words in heaps while everything is written anew, and sort the last heap at the end."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER INDEX search_words_gin SET (fastupdate = on, gin_pending_list_limit = {HEAP})")
        try:
            yield
        finally:
            cursor.execute("ALTER INDEX search_words_gin SET (fastupdate = off)")
            cursor.execute("ALTER INDEX search_words_gin RESET (gin_pending_list_limit)")
            cursor.execute("SELECT gin_clean_pending_list('search_words_gin')")


def settle():
    """Do nothing: the heap is sorted when all has been written, and the planner is not asked (see _BY_INDEX)."""


def delete(ids):
    """Forget the entries of these ids."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_words WHERE id = ANY(%s)", [list(ids)])


def known(ids):
    """Return the set of those of `ids` whose words are kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_words WHERE id = ANY(%s)", [list(ids)])
        return {row[0] for row in cursor.fetchall()}


@contextmanager
def looking():
    """Yield a Look, for all that one search asks."""
    with ExitStack() as stack:
        yield Look(stack)


class Look:
    """Looks for words, from the first question on in one transaction, so that none need be asked twice."""

    def __init__(self, stack):
        self._stack = stack

    def fetch(self, columns, expression, *, language, without=(), marks=(), names_only=False, shown, limit):
        """Return the rows, of these columns of the entry `e`, of what fits, the newest first, at most `limit`.

        It is for visitors in `language`. `marks` are sets of marks: an entry has at least one of each. `shown` is the
        SQL that the entry must fulfil, with its parameters.
        The index knows which entries have the words of a phrase, but not whether they follow one another: for that the
        words of each are read. Of names all are; of what has them in its texts only the newest MOST_READ.
        """
        cursor, span = self._begun
        timeless = {TIMELESS} in marks
        narrowing = [f"({' | '.join(map(_quoted, sorted(each)))})" for each in marks if each != {TIMELESS}]
        # That few are not for all languages is seen in the rows: GIN would have to weigh it for each with the words.
        shown = f"{shown[0]} AND e.serves ? %s", [*shown[1], language]
        one_word = [f"!{_written(phrase)}" for phrase in without if len(phrase.stems) == 1]
        unwanted = [f"!{_written(phrase)}" for phrase in without]
        loose = _loose(expression)
        newest = _Newest(cursor, shown, span, timeless=timeless)
        if names_only:
            return newest.of(columns, expression, [*narrowing, *unwanted], limit, before="n:")
        if loose == expression and len(one_word) == len(unwanted):
            return newest.of(columns, expression, [*narrowing, *unwanted], limit)
        likely = newest.of("e.id", expression, [*narrowing, *one_word], limit, before="n:")
        likely += newest.of("e.id", loose, [*narrowing, *one_word], MOST_READ)
        exactly = " & ".join([_written(expression), *unwanted])
        return _read(cursor, columns, list({pk for (pk,) in likely}), exactly, limit)

    @cached_property
    def _begun(self):
        """Return a cursor in a transaction of its own, and the lowest and the highest id, both None for none."""
        is_within = connection.in_atomic_block
        self._stack.enter_context(transaction.atomic(savepoint=False))
        cursor = self._stack.enter_context(connection.cursor())
        # The planner takes the rows for as short as they look, and would read the words of all rather than ask the
        # index: in this transaction it may not.
        cursor.execute("SELECT min(id), max(id), set_config('enable_seqscan', 'off', true) FROM search_words")
        if is_within:
            self._stack.push(lambda error, *_rest: None if error else cursor.execute("SET LOCAL enable_seqscan = on"))
        return cursor, cursor.fetchone()[:2]


_FITS = "w.words @@ (SELECT %s::tsquery)"
# Word for word what the index of the timeless is made of.
_IS_TIMELESS = f"w.words @@ '''{TIMELESS}'''::tsquery"


class _Newest:
    """Finds the newest entries that are `shown`, or of the `timeless`, which have an index of their own, the newest.

    Of all it looks among the newest blocks first: a word that stands everywhere has enough among them, and to sort
    all takes long. Where these have too few, it looks among as many more as should have enough, then among all.
    """

    def __init__(self, cursor, shown, span, *, timeless):
        self.cursor = cursor
        self.shown = shown
        self.span = span
        self.timeless = timeless

    def of(self, columns, expression, narrowing, limit, *, before=""):
        """Return the rows, of these columns of the entry `e`, of what fits, the newest first, at most `limit`."""
        # Names are few, and most asked for stand in few: more looks would take longer.
        newest = None if before or self.timeless else self._newest()
        wanted = FIRST_LOOK
        while newest and (blocks := _blocks_with(wanted, newest)):
            marks, seen = blocks
            rows = self._among(columns, expression, [*narrowing, marks], limit, before)
            if len(rows) >= limit:
                return rows
            if not rows or wanted > FIRST_LOOK:
                break
            wanted = SURPLUS * limit * seen / len(rows)
        return self._among(columns, expression, narrowing, limit, before)

    def _among(self, columns, expression, narrowing, limit, before):
        if self.timeless:  # so few can be weighed at once; of two conditions the planner would read the words for one
            condition, queries = f"{_IS_TIMELESS} AND {_FITS}", [_whole(expression, before, narrowing)]
        else:
            condition, queries = _condition(expression, before, narrowing)
        # The newest are looked at one by one until enough are shown: OFFSET 0 keeps the planner to that, "+ 0"
        # from walking the primary key backwards and reading the words of every entry on the way.
        sql = f"""SELECT {columns} FROM (
                SELECT w.id + 0 AS id FROM search_words w WHERE {condition} ORDER BY w.id + 0 DESC
            ) AS fits, LATERAL (
                SELECT e.* FROM search_entry e WHERE e.id = fits.id AND {self.shown[0]} OFFSET 0
            ) AS e ORDER BY fits.id DESC LIMIT {limit:d}"""  # noqa: S608  our own parts
        self.cursor.execute(sql, [*queries, *self.shown[1]])
        return self.cursor.fetchall()

    def _newest(self):
        """Return the newest id; None where there are so few entries that all can be looked through."""
        oldest, newest = self.span
        return newest if newest is not None and newest - oldest > max(BLOCKS.values()) else None


def _blocks_with(wanted, newest):
    """Return the tsquery of the newest blocks that hold at least `wanted` entries, and how many; None for too many."""
    for name, size in BLOCKS.items():
        in_newest = newest % size + 1
        older = max(1, ceil((wanted - in_newest) / size))
        if older < MOST_BLOCKS:
            marks = (f"'{name}:{newest // size - number}'" for number in range(older + 1))
            return f"({' | '.join(marks)})", in_newest + older * size
    return None


def _read(cursor, columns, ids, query, limit):
    """Return the rows of those of `ids` whose words, which are read, fit the tsquery, the newest first."""
    sql = f"""SELECT {columns} FROM unnest(%s::bigint[]) AS likely(id), LATERAL (
            SELECT w.words FROM search_words w WHERE w.id = likely.id OFFSET 0
        ) AS kept, LATERAL (
            SELECT e.* FROM search_entry e WHERE e.id = likely.id OFFSET 0
        ) AS e WHERE kept.words @@ %s::tsquery ORDER BY likely.id DESC LIMIT {limit:d}"""  # noqa: S608  our own parts
    cursor.execute(sql, [ids, query])
    return cursor.fetchall()


def _condition(expression, before, narrowing):
    """Return the SQL of what fits `expression` and the tsqueries `narrowing`, about `w`, and its parameters.

    GIN weighs each entry against the whole tsquery: of one with many ways, several short ones are much quicker.
    """
    if _is_short(expression):
        return _FITS, [_whole(expression, before, narrowing)]
    parts = [_condition(part, before, narrowing) for part in _shortened(expression)]
    sign = " AND " if isinstance(expression, All) else " OR "
    return f"({sign.join(sql for sql, _queries in parts)})", [query for _sql, queries in parts for query in queries]


def _whole(expression, before, narrowing):
    """Return one tsquery of `expression` and the tsqueries `narrowing`."""
    return " & ".join([_written(expression, before), *narrowing])


def _is_short(expression):
    """Return whether `expression` can be weighed at once: words that are all wanted, or any of some words."""
    if isinstance(expression, Phrase):
        return True
    if isinstance(expression, All):
        return all(isinstance(part, Phrase) or (len(part.parts) <= 2 and _is_short(part)) for part in expression.parts)
    return all(_is_word(part) for part in expression.parts)


def _shortened(expression):
    """Return the parts of `expression`; of Some, those that are one word each together as one."""
    if isinstance(expression, All):
        return expression.parts
    words = tuple(part for part in expression.parts if _is_word(part))
    others = [part for part in expression.parts if not _is_word(part)]
    return [Some(words), *others] if words else others


def _is_word(expression):
    """Return whether `expression` is a single Phrase, alone or in an All."""
    return isinstance(expression, Phrase) or (len(expression.parts) == 1 and _is_word(expression.parts[0]))


def _blocks_of(pk):
    """Return the marks of the blocks that the entry of this id is in."""
    return {f"{name}:{pk // size}" for name, size in BLOCKS.items()}


def instant(text):
    """Return an instant that the database has written as a text, aware."""
    return datetime.fromisoformat(text)


def _loose(expression):
    """Return `expression` with the words of its phrases in whatever order."""
    if isinstance(expression, Phrase):
        *words, last = expression.stems
        if not words:
            return expression
        return All((*(Phrase((each,)) for each in words), Phrase((last,), beginning=expression.beginning)))
    return replace(expression, parts=tuple(_loose(part) for part in expression.parts))


def _written(expression, before=""):
    if isinstance(expression, Phrase):
        words = [_quoted(before + stem) for stem in expression.stems]
        return f"({' <-> '.join(words)}{':*' if expression.beginning else ''})"
    sign = " & " if isinstance(expression, All) else " | "
    return f"({sign.join(_written(part, before) for part in expression.parts)})"


def _vector(names, texts, marks):
    """Return the tsvector's own writing: every stem with its place and its weight, every mark without a place.

    A stem stands in it as often as in the texts, and PostgreSQL gathers its places: in Python that took as long as
    all the rest of writing a thing.
    """
    words = []
    first = 1
    for number, stems in enumerate([*names, *texts]):
        named = number < len(names)
        weight = WEIGHTS[min(number, 1)] if named else ""
        safe = _all_safe(stems)
        words += [f"'{stem}':{place}{weight}" for place, stem in enumerate(safe, first)]
        if named:
            words += [f"'n:{stem}':{place}{weight}" for place, stem in enumerate(safe, first)]
        first += len(stems) + 1  # so that no phrase reaches from one text into the next
    return " ".join([*words, *(_quoted(mark) for mark in sorted(marks))])


def _all_safe(stems):
    """Return `stems` as they may stand between quotes."""
    together = "".join(stems)
    return stems if "'" not in together and "\\" not in together else [_safe(stem) for stem in stems]


def _quoted(text):
    return f"'{_safe(text)}'"


def _safe(text):
    return text.replace("\\", "\\\\").replace("'", "''")
