from django.db import migrations

from search.stores import postgresql, sqlite


def create(apps, editor):
    _run(editor, _store(editor).CREATE)


def drop(apps, editor):
    _run(editor, _store(editor).DROP)


def _store(editor):
    return postgresql if editor.connection.vendor == "postgresql" else sqlite


def _run(editor, statements):
    with editor.connection.cursor() as cursor:
        cursor.execute(statements)


class Migration(migrations.Migration):
    """What the database itself searches: columns on PostgreSQL, a table of FTS5 on SQLite."""

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
