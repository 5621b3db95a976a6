"""tsvector: a table beside the index, whose id is the entry's id, with a GIN index.

The table is made by a migration of this app. Its rows are short, for the words themselves lie beside them: to look
through many reads few pages.
"""

from contextlib import contextmanager
from dataclasses import replace

from django.db import connection

from ..expressions import TIMELESS, All, Phrase, Some

LAST_POSITION = 16_383  # of a tsvector
MOST_POSITIONS = 255  # of one stem
WEIGHTS = "AB"  # the title, then the other names; what follows has the lowest
BLOCKS = {"c": 500, "b": 5_000}  # so many entries have a mark in common, by their ids
MOST_READ = 1_000  # entries whose words are read for a phrase


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
        cursor.execute("ALTER INDEX search_words_gin SET (fastupdate = on)")
        try:
            yield
        finally:
            cursor.execute("ALTER INDEX search_words_gin SET (fastupdate = off)")
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


def fetch(columns, expression, *, without=(), marks=(), refused=None, names_only=False, shown, limit):
    """Return the rows, of these columns of the entry `e`, of what fits, the newest first, at most `limit`.

    `marks` are sets of marks: an entry has at least one of each, and not the one that is `refused`. `shown` is the
    SQL that the entry must fulfil, with its parameters.
    The index knows which entries have the words of a phrase, but not whether they follow one another: for that the
    words of each are read. Of names all are; of what has them in its texts only the newest MOST_READ.
    """
    narrowing = [f"({' | '.join(_quoted(mark) for mark in sorted(each))})" for each in marks]
    narrowing += [f"!{_quoted(refused)}"] if refused else []
    one_word = [f"!{_written(phrase)}" for phrase in without if len(phrase.stems) == 1]
    unwanted = [f"!{_written(phrase)}" for phrase in without]
    stepwise = TIMELESS not in set().union(*marks)  # the newest of all have a date
    loose = _loose(expression)
    with connection.cursor() as cursor:
        newest = _Newest(cursor, shown, stepwise=stepwise)
        if names_only:
            return newest.of(columns, expression, [*narrowing, *unwanted], limit, before="n:")
        if loose == expression and len(one_word) == len(unwanted):
            return newest.of(columns, expression, [*narrowing, *unwanted], limit)
        likely = newest.of("e.id", expression, [*narrowing, *one_word], limit, before="n:")
        likely += newest.of("e.id", loose, [*narrowing, *one_word], MOST_READ)
        exactly = " & ".join([_written(expression), *unwanted])
        return _read(cursor, columns, list({pk for (pk,) in likely}), exactly, limit)


# The planner takes the rows for as short as they look, and would read the words of all rather than ask the index.
# The statements go out as one, and are one transaction where there is none around them.
_BY_INDEX = "SET LOCAL enable_seqscan = off; {}; SET LOCAL enable_seqscan = on"


class _Newest:
    """Finds the newest entries that are `shown`.

    `stepwise` it looks among the newest blocks first, the small ones, then the large ones, and among all where these
    have too few: a word that stands everywhere has enough among them, and to sort all takes long.
    """

    def __init__(self, cursor, shown, *, stepwise):
        self.cursor = cursor
        self.shown = shown
        self.stepwise = stepwise

    def of(self, columns, expression, narrowing, limit, *, before=""):
        """Return the rows, of these columns of the entry `e`, of what fits, the newest first, at most `limit`."""
        rows, seen = [], None
        at_once = [(None, [])]  # names are few, and most asked for stand in few: more looks would take longer
        for size, blocks in at_once if before else self._steps():
            if seen and size and len(rows) * size < limit * seen:
                continue  # there would be too few again
            condition, queries = _condition(expression, before, [*narrowing, *blocks])
            # The newest are looked at one by one until enough are shown: OFFSET 0 keeps the planner to that, "+ 0"
            # from walking the primary key backwards and reading the words of every entry on the way.
            sql = f"""SELECT {columns} FROM (
                    SELECT w.id + 0 AS id FROM search_words w WHERE {condition} ORDER BY w.id + 0 DESC
                ) AS fits, LATERAL (
                    SELECT e.* FROM search_entry e WHERE e.id = fits.id AND {self.shown[0]} OFFSET 0
                ) AS e ORDER BY fits.id DESC LIMIT {limit:d}"""  # noqa: S608  our own parts
            self.cursor.execute(_BY_INDEX.format(sql), [*queries, *self.shown[1]])
            self.cursor.nextset()
            rows, seen = self.cursor.fetchall(), size
            if len(rows) >= limit:
                break
        return rows

    def _steps(self):
        """Yield of each step how many entries a block has, None for all, and what must be had besides."""
        if self.stepwise:
            self.cursor.execute("SELECT min(id), max(id) FROM search_words")
            oldest, newest = self.cursor.fetchone()
            if newest is not None and newest - oldest > max(BLOCKS.values()):
                for name, size in BLOCKS.items():
                    yield size, [f"('{name}:{newest // size}' | '{name}:{newest // size - 1}')"]
        yield None, []


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
        return "w.words @@ (SELECT %s::tsquery)", [" & ".join([_written(expression, before), *narrowing])]
    parts = [_condition(part, before, narrowing) for part in _shortened(expression)]
    sign = " AND " if isinstance(expression, All) else " OR "
    return f"({sign.join(sql for sql, _queries in parts)})", [query for _sql, queries in parts for query in queries]


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


def instant(value):
    """Return a datetime as it comes from the database, aware."""
    return value


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
    """Return the tsvector's own writing: every stem with its places and their weight, every mark without a place."""
    places = {}
    at = 0
    for number, stems in enumerate([*names, *texts]):
        named = number < len(names)
        weight = WEIGHTS[min(number, 1)] if named else ""
        for stem in stems:
            at += 1
            place = f"{min(at, LAST_POSITION)}{weight}"
            places.setdefault(stem, []).append(place)
            if named:
                places.setdefault(f"n:{stem}", []).append(place)
        at += 1  # so that no phrase reaches from one text into the next
    words = [f"{_quoted(stem)}:{','.join(found[:MOST_POSITIONS])}" for stem, found in places.items()]
    return " ".join([*words, *(_quoted(mark) for mark in sorted(marks))])


def _quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
