"""tsvector: two columns of the index with a GIN index each."""

from django.db import connection

from ..expressions import All, Phrase

CREATE = """
ALTER TABLE search_entry ADD COLUMN names_vector tsvector, ADD COLUMN words_vector tsvector;
CREATE INDEX search_entry_names_vector ON search_entry USING gin (names_vector) WITH (fastupdate = off);
CREATE INDEX search_entry_words_vector ON search_entry USING gin (words_vector) WITH (fastupdate = off);
-- What is long lies beside the row, so that looking through many rows reads few pages.
ALTER TABLE search_entry SET (toast_tuple_target = 128);
"""
DROP = "ALTER TABLE search_entry DROP COLUMN names_vector, DROP COLUMN words_vector"
LAST_POSITION = 16_383  # of a tsvector
WEIGHTS = "AB"  # the title, then the other names; what follows has the lowest


def write(rows):
    """Keep the words of `rows`: tuples of (entry's id, texts that are names, further texts, marks), texts as stems."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE search_entry SET names_vector = %s::tsvector, words_vector = %s::tsvector WHERE id = %s",
            [
                (_vector(names, marks), _vector([*names, *texts], marks, len(names)), pk)
                for pk, names, texts, marks in rows
            ],
        )


def delete(ids):
    """Forget the entries of these ids: their words go with the row."""


def known(ids):
    """Return the set of those of `ids` whose words are kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM search_entry WHERE id = ANY(%s) AND words_vector IS NOT NULL", [list(ids)])
        return {row[0] for row in cursor.fetchall()}


def select(expression, *, without=(), scope, names_only, shown, limit):
    """Return the SQL and its parameters for (id, kind, topics) of what fits, the newest first, at most `limit` rows.

    `shown` is the SQL that the entry `e` must fulfil, with its parameters.
    """
    parts = [_written(expression)]
    parts += [f"({' | '.join(_quoted(mark) for mark in sorted(marks))})" for marks in scope.required]
    parts += [f"!({_written(phrase)})" for phrase in without]
    parts += [f"!{_quoted(scope.refused)}"] if scope.refused else []
    column = "names_vector" if names_only else "words_vector"
    condition, parameters = shown
    # "+ 0" keeps the planner from walking the primary key backwards and unpacking every row's vector on the way.
    # The topics lie beside the row (see CREATE) and are read of those rows alone that are given back.
    sql = f"""SELECT id, kind, topics::text FROM search_entry WHERE id IN (
        SELECT e.id FROM search_entry e
        WHERE e.{column} @@ %s::tsquery AND {condition} ORDER BY e.id + 0 DESC LIMIT {limit:d}
        ) ORDER BY id DESC"""  # noqa: S608
    return sql, [" & ".join(parts), *parameters]


def _written(expression):
    if isinstance(expression, Phrase):
        words = [_quoted(stem) for stem in expression.stems]
        return f"({' <-> '.join(words)}{':*' if expression.beginning else ''})"
    sign = " & " if isinstance(expression, All) else " | "
    return f"({sign.join(_written(part) for part in expression.parts)})"


def _vector(texts, marks, names=None):
    """Return the tsvector's own writing: every stem with its places and their weight, every mark without a place."""
    places = {}
    at = 0
    for number, stems in enumerate(texts):
        weight = _weight(number, len(texts) if names is None else names)
        for stem in stems:
            at += 1
            places.setdefault(stem, []).append(f"{min(at, LAST_POSITION)}{weight}")
        at += 1  # so that no phrase reaches from one text into the next
    words = [f"{_quoted(stem)}:{','.join(found[:255])}" for stem, found in places.items()]
    return " ".join([*words, *(_quoted(mark) for mark in sorted(marks))])


def _weight(number, names):
    if number >= names:
        return ""
    return WEIGHTS[0] if number == 0 else WEIGHTS[1]


def _quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
