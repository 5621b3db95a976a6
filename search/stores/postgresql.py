"""tsvector: a column of the index with a GIN index."""

from contextlib import contextmanager

from django.db import connection

from ..expressions import All, Phrase

CREATE = """
ALTER TABLE search_entry ADD COLUMN words tsvector;
CREATE INDEX search_entry_words ON search_entry USING gin (words) WITH (fastupdate = off);
-- What is long lies beside the row, so that looking through many rows reads few pages.
ALTER TABLE search_entry SET (toast_tuple_target = 128);
"""
DROP = "ALTER TABLE search_entry DROP COLUMN words"
LAST_POSITION = 16_383  # of a tsvector
MOST_POSITIONS = 255  # of one stem
BLOCK = 5_000  # entries that have a mark in common, by their ids
_NEWEST_BLOCKS = f"""(SELECT format('%%L | %%L', 'b:' || max(id) / {BLOCK}, 'b:' || (max(id) / {BLOCK} - 1))::tsquery
    FROM search_entry)"""  # noqa: S608  our own parts
WEIGHTS = "AB"  # the title, then the other names; what follows has the lowest


def write(rows):
    """Keep the words of `rows`: tuples of (entry's id, texts that are names, further texts, marks), texts as stems."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE search_entry SET words = %s::tsvector WHERE id = %s",
            [(_vector(names, texts, {*marks, _block(pk // BLOCK)}), pk) for pk, names, texts, marks in rows],
        )


@contextmanager
def writing_all():
    """Let the GIN index take words in heaps while everything is written anew, and sort the last heap at the end."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER INDEX search_entry_words SET (fastupdate = on)")
        try:
            yield
        finally:
            cursor.execute("ALTER INDEX search_entry_words SET (fastupdate = off)")
            cursor.execute("SELECT gin_clean_pending_list('search_entry_words')")


def settle():
    """Let the planner know what was written."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_entry")


def delete(ids):
    """Forget the entries of these ids: their words go with the row."""


def known(ids):
    """Return the set of those of `ids` whose words are kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_entry WHERE id = ANY(%s) AND words IS NOT NULL", [list(ids)])
        return {row[0] for row in cursor.fetchall()}


def fetch(columns, expression, *, without=(), marks=(), refused=None, names_only=False, shown, limit):
    """Return the rows, of these columns of the entry `e`, of what fits, the newest first, at most `limit`.

    `marks` are sets of marks: an entry has at least one of each, and not the one that is `refused`. `shown` is the
    SQL that the entry must fulfil, with its parameters.
    """
    parts = [_written(expression, "n:" if names_only else "")]
    parts += [f"({' | '.join(_quoted(mark) for mark in sorted(each))})" for each in marks]
    parts += [f"!{_written(phrase)}" for phrase in without]
    parts += [f"!{_quoted(refused)}"] if refused else []
    # What is long lies beside the row (see CREATE) and is read of those rows alone that are given back. "+ 0" keeps
    # the planner from walking the primary key backwards and unpacking every row's vector on the way.
    fits = f"""SELECT e.id FROM search_entry e WHERE e.words @@ %s::tsquery AND {shown[0]}
        ORDER BY e.id + 0 DESC LIMIT {limit:d}"""  # noqa: S608  our own parts
    ids, times = (fits, 1) if marks or names_only else (_newest_first(fits, limit), 2)
    sql = f"SELECT {columns} FROM search_entry e WHERE e.id IN ({ids}) ORDER BY e.id DESC"  # noqa: S608  our own parts
    with connection.cursor() as cursor:
        cursor.execute(sql, [" & ".join(parts), *shown[1]] * times)
        return cursor.fetchall()


def _newest_first(fits, limit):
    """Return the SQL for the ids of what `fits`: of the newest blocks where these have enough, else of all.

    A word that stands in half of all entries has enough among the newest; to sort all that have it would take long.
    """
    recent = fits.replace("%s::tsquery", f"(%s::tsquery && {_NEWEST_BLOCKS})")
    return f"""WITH recent AS MATERIALIZED ({recent})
        SELECT id FROM recent WHERE (SELECT count(*) FROM recent) >= {limit:d} UNION ALL
        SELECT id FROM ({fits}) AS every WHERE (SELECT count(*) FROM recent) < {limit:d}"""  # noqa: S608  our own parts


def _block(number):
    return f"b:{number}"


def instant(value):
    """Return a datetime as it comes from the database, aware."""
    return value


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
