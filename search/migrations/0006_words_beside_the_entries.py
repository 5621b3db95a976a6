from django.db import migrations

# The words lie outside the rows, and as they are: to unpack them would take most of the time that a phrase takes.
# The planner would read them all for statistics that no query of ours asks for.
# What the ranking reads of an entry lies in its row, the long text beside it.
ON_POSTGRESQL = """
SET LOCAL statement_timeout = 0;
CREATE TABLE search_words (id bigint PRIMARY KEY, words tsvector NOT NULL);
ALTER TABLE search_words SET (toast_tuple_target = 128);
ALTER TABLE search_words ALTER COLUMN words SET STORAGE EXTERNAL;
ALTER TABLE search_words ALTER COLUMN words SET STATISTICS 0;
INSERT INTO search_words
    SELECT id, words || quote_literal('c:' || id / 500)::tsvector FROM search_entry WHERE words IS NOT NULL;
CREATE INDEX search_words_gin ON search_words USING gin (words) WITH (fastupdate = off);
ALTER TABLE search_entry DROP COLUMN words;
ALTER TABLE search_entry RESET (toast_tuple_target);
ALTER TABLE search_entry ALTER COLUMN text SET STORAGE EXTERNAL;
"""
BACK_ON_POSTGRESQL = """
SET LOCAL statement_timeout = 0;
ALTER TABLE search_entry ALTER COLUMN text SET STORAGE EXTENDED;
ALTER TABLE search_entry SET (toast_tuple_target = 128);
ALTER TABLE search_entry ADD COLUMN words tsvector;
UPDATE search_entry e SET words = w.words FROM search_words w WHERE w.id = e.id;
CREATE INDEX search_entry_words ON search_entry USING gin (words) WITH (fastupdate = off);
DROP TABLE search_words;
"""


def move(apps, editor):
    _run(editor, ON_POSTGRESQL)


def move_back(apps, editor):
    _run(editor, BACK_ON_POSTGRESQL)


def _run(editor, statements):
    if editor.connection.vendor == "postgresql":
        with editor.connection.cursor() as cursor:
            cursor.execute(statements)


class Migration(migrations.Migration):
    """On PostgreSQL too the words are in a table of their own, so that an entry can change without them."""

    dependencies = [("search", "0005_index_check")]

    operations = [migrations.RunPython(move, move_back)]
