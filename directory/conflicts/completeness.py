"""What a contact lacks so that nobody can look for it, or call it."""

from .conflict import Kind, conflict


def incomplete(entries, names):
    """Return the conflicts about entries without a name and without a number."""
    for entry in entries:
        if not entry.name.strip():
            yield conflict(Kind.NO_NAME, entry.pk, [entry])
        if not entry.numbers:
            yield conflict(Kind.NO_NUMBER, entry.pk, [entry])
