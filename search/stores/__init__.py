"""Where the database itself looks for words: one module a database, both with the same four functions.

Each keeps, of every entry, the stems of its names, the stems of all its words, and its scope (kind and
topics), and answers an Expression (search.expressions) with the ids of the entries that fit.
"""

from django.db import connection

from . import postgresql, sqlite


def store():
    """Return the module for the database in use."""
    return postgresql if connection.vendor == "postgresql" else sqlite
