from django.db import migrations

from search.stores import sqlite

ON_POSTGRESQL = """
ALTER TABLE search_entry ADD COLUMN words tsvector;
CREATE INDEX search_entry_words ON search_entry USING gin (words) WITH (fastupdate = off);
ALTER TABLE search_entry SET (toast_tuple_target = 128);
"""
NO_MORE_ON_POSTGRESQL = """
ALTER TABLE search_entry DROP COLUMN words;
ALTER TABLE search_entry RESET (toast_tuple_target);
"""


def create(apps, editor):
    _run(editor, ON_POSTGRESQL if editor.connection.vendor == "postgresql" else sqlite.CREATE)


def drop(apps, editor):
    _run(editor, NO_MORE_ON_POSTGRESQL if editor.connection.vendor == "postgresql" else sqlite.DROP)


def _run(editor, statements):
    with editor.connection.cursor() as cursor:
        cursor.execute(statements)


class Migration(migrations.Migration):
    """What the database itself searches: columns on PostgreSQL, a table of FTS5 on SQLite."""

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
