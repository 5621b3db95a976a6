"""What a contact lacks so that nobody can look for it, or call it."""

from .conflict import Kind, conflict


def incomplete(contacts, names):
    """Return the conflicts about contacts without a name and without a number."""
    for contact in contacts:
        if not contact.name.strip():
            yield conflict(Kind.NO_NAME, contact.pk, [contact])
        if not contact.numbers:
            yield conflict(Kind.NO_NUMBER, contact.pk, [contact])
