"""FTS5: a table beside the index, whose rowid is the entry's id."""

from django.db import connection

from ..expressions import All, Phrase

# Our own stems go in, separated by blanks: whatever is not ASCII is part of a word, and so are the signs of a mark.
CREATE = """
CREATE VIRTUAL TABLE search_words USING fts5(
    names, words, scope, tokenize = "ascii tokenchars ':-_'", prefix = '2 3'
)
"""
DROP = "DROP TABLE IF EXISTS search_words"


def write(rows):
    """Keep the words of `rows`: tuples of (entry's id, texts that are names, further texts, marks), texts as stems."""
    rows = list(rows)
    delete([row[0] for row in rows])
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_words(rowid, names, words, scope) VALUES (%s, %s, %s, %s)",
            [
                (pk, _joined(names), _joined([*names, *texts]), " ".join(sorted(marks)))
                for pk, names, texts, marks in rows
            ],
        )


def delete(ids):
    """Forget the entries of these ids."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_words WHERE rowid = %s", [(pk,) for pk in ids])


def known(ids):
    """Return the set of those of `ids` whose words are kept."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM search_words WHERE rowid IN ({_marks(ids)})", list(ids))  # noqa: S608 (only %s)
        return {row[0] for row in cursor.fetchall()}


def select(expression, *, without=(), scope, names_only, shown, limit):
    """Return the SQL and its parameters for (id, kind, topics) of what fits, the newest first, at most `limit` rows.

    `shown` is the SQL that the entry `e` must fulfil, with its parameters.
    """
    column = "names" if names_only else "words"
    parts = [f"{{{column}}} : {_written(expression)}"]
    parts += [f"{{scope}} : ({' OR '.join(_quoted(mark) for mark in sorted(marks))})" for marks in scope.required]
    match = " AND ".join(f"({part})" for part in parts)
    if without:
        match = f"({match}) NOT {{words}} : ({' OR '.join(_written(phrase) for phrase in without)})"
    if scope.refused:
        match = f"({match}) NOT {{scope}} : {_quoted(scope.refused)}"
    condition, parameters = shown
    sql = f"""SELECT e.id, e.kind, e.topics FROM search_words JOIN search_entry e ON e.id = search_words.rowid
        WHERE search_words MATCH %s AND {condition} ORDER BY search_words.rowid DESC LIMIT {limit:d}"""  # noqa: S608
    return sql, [match, *parameters]


def _written(expression):
    if isinstance(expression, Phrase):
        return _quoted(" ".join(expression.stems)) + (" *" if expression.beginning else "")
    word = " AND " if isinstance(expression, All) else " OR "
    return f"({word.join(_written(part) for part in expression.parts)})"


def _quoted(text):
    return '"' + text.replace('"', '""') + '"'


def _joined(texts):
    return " : ".join(" ".join(stems) for stems in texts if stems)


def _marks(values):
    return ", ".join(["%s"] * len(values))
