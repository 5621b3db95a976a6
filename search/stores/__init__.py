"""Where the database itself looks for words: one module a database, both with the same functions.

Each keeps, of every entry, the stems of its names, the stems of all its words, and its marks (kind,
topics, whom it does not serve), and answers an expression (search.expressions) with the rows that fit.
"""

from django.db import connection

from . import postgresql, sqlite


def store():
    """Return the module for the database in use."""
    return postgresql if connection.vendor == "postgresql" else sqlite
