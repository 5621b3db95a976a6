from django.db import migrations

# What has no date is a small part, and asked for by itself in most searches.
ON_POSTGRESQL = """
SET LOCAL statement_timeout = 0;
CREATE INDEX search_words_timeless ON search_words USING gin (words) WITH (fastupdate = off)
    WHERE words @@ '''g:timeless'''::tsquery;
"""


def create(apps, editor):
    _run(editor, ON_POSTGRESQL)


def drop(apps, editor):
    _run(editor, "DROP INDEX search_words_timeless")


def _run(editor, statements):
    if editor.connection.vendor == "postgresql":
        with editor.connection.cursor() as cursor:
            cursor.execute(statements)


class Migration(migrations.Migration):
    """On PostgreSQL the words of what has no date get an index of their own."""

    dependencies = [("search", "0006_words_beside_the_entries")]

    operations = [migrations.RunPython(create, drop)]
