"""FTS5: a table beside the index, whose rowid is the entry's id."""

from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection

from ..expressions import All, Phrase, not_for_mark
from ..sql import places

# Our own stems go in, separated by blanks: whatever is not ASCII is part of a word, and so are the signs of a mark.
# Beginnings of names (n:ca) are few enough to be found without a list of their own.
CREATE = """
CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize = "ascii tokenchars ':-_'", prefix = '2 3')
"""
DROP = "DROP TABLE IF EXISTS search_words"
GATHERED, GATHERED_AT_OTHER_TIMES = 16 * 2**20, 2**20  # bytes of words in memory; the latter is FTS5's own choice
WRITERS = 1  # at a time
PAGES_AT_ONCE = 500  # that are merged before others may write


def write(rows):
    """Keep the words of `rows`: tuples of (entry's id, texts that are names, further texts, marks), texts as stems."""
    rows = list(rows)
    delete([row[0] for row in rows])
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_words(rowid, words) VALUES (%s, %s)",
            [(pk, _joined(names, texts, marks)) for pk, names, texts, marks in rows],
        )


@contextmanager
def writing_all():
    """Let FTS5 gather as many words as one transaction writes: each time it lays some down makes more to merge."""
    _configure("hashsize", GATHERED)
    try:
        yield
    finally:
        _configure("hashsize", GATHERED_AT_OTHER_TIMES)


def _configure(name, value):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_words(search_words, rank) VALUES (%s, %s)", [name, value])


def settle():
    """Merge the many pieces that much writing leaves FTS5 with: each word is looked for in each piece.

    A few pages at a time, so that others can write in between, until nothing is left to do.
    """
    pages = -PAGES_AT_ONCE  # a negative number takes up what a positive one, which goes on with it, would let be
    with connection.cursor() as cursor:
        changed = 2
        while changed >= 2:
            before = connection.connection.total_changes
            cursor.execute("INSERT INTO search_words(search_words, rank) VALUES ('merge', %s)", [pages])
            changed = connection.connection.total_changes - before
            pages = PAGES_AT_ONCE


def delete(ids):
    """Forget the entries of these ids."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_words WHERE rowid = %s", [(pk,) for pk in ids])


def known(ids):
    """Return the set of those of `ids` whose words are kept."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM search_words WHERE rowid IN ({places(ids)})", list(ids))  # noqa: S608 (only %s)
        return {row[0] for row in cursor.fetchall()}


@contextmanager
def looking():
    """Yield a Look, for all that one search asks."""
    yield Look()


class Look:
    """Looks for words."""

    def fetch(self, columns, expression, *, language, without=(), marks=(), names_only=False, shown, limit):
        """Return the rows, of these columns of the entry `e`, of what fits, the newest first, at most `limit`.

        It is for visitors in `language`. `marks` are sets of marks: an entry has at least one of each. `shown` is the
        SQL that the entry must fulfil, with its parameters.
        """
        parts = [_written(expression, "n:" if names_only else "")]
        parts += [f"({' OR '.join(_quoted(mark) for mark in sorted(each))})" for each in marks]
        unwanted = [*(_written(phrase) for phrase in without), _quoted(not_for_mark(language))]
        match = f"({' AND '.join(parts)}) NOT ({' OR '.join(unwanted)})"
        condition, parameters = shown
        sql = f"""SELECT {columns} FROM search_words JOIN search_entry e ON e.id = search_words.rowid
            WHERE search_words MATCH %s AND {condition} ORDER BY search_words.rowid DESC LIMIT {limit:d}"""  # noqa: S608  ours
        with connection.cursor() as cursor:
            cursor.execute(sql, [match, *parameters])
            return cursor.fetchall()


def instant(text):
    """Return an instant that the database has written as a text, aware."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _written(expression, before=""):
    if isinstance(expression, Phrase):
        stems = " ".join(before + stem for stem in expression.stems)
        return _quoted(stems) + (" *" if expression.beginning else "")
    word = " AND " if isinstance(expression, All) else " OR "
    return f"({word.join(_written(part, before) for part in expression.parts)})"


def _quoted(text):
    return '"' + text.replace('"', '""') + '"'


def _joined(names, texts, marks):
    """Return what FTS5 reads: all texts, the names once more as names, and the marks, with a sign between."""
    named = [[f"n:{stem}" for stem in stems] for stems in names]
    return " : ".join(" ".join(stems) for stems in [*names, *texts, *named, sorted(marks)] if stems)
