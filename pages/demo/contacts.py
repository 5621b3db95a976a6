from directory.models import Contact, ContactNumber, Section

from .files import read
from .rows import read_rows
from .storing import Tally, store


def load_contacts(now):
    """Store every row of the directory. One without a name stays a draft: work to do for an editor."""
    sections = _load_sections()
    rows = read_rows()
    new = 0
    for row in rows:
        contact, is_new = store(
            Contact,
            {"source_line": row.line},
            section=sections[row.section],
            position=row.position,
            name=row.tidied_name,
            title=row.title,
            also_known_as=", ".join(row.also_known_as),
            role=row.role,
            source_note=row.source_note,
            published_at=now if row.name else None,
        )
        new += is_new
        if is_new and row.phone:
            _store_number(contact, row)
    return Tally("contacts", len(rows), new)


def contacts_of(labels):
    """Return the Contacts of the rows that have these labels ("Programs and services 2"), in that order."""
    lines = {row.label: row.line for row in read_rows()}
    return [Contact.objects.get(source_line=lines[label]) for label in labels]


def contact_of(label):
    """Return the Contact of the row with this label; None for None."""
    return None if label is None else contacts_of([label])[0]


def _load_sections():
    sections = {}
    for position, spec in enumerate(read("directory")["sections"], start=1):
        section, _ = store(Section, {"slug": spec["slug"]}, name=spec["name"], position=position)
        sections[spec["name"]] = section
    return sections


def _store_number(contact, row):
    number = ContactNumber(contact=contact, kind=row.kind, number=row.number)
    number.full_clean()
    number.save()
