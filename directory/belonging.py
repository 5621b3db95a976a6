"""Where a contact belongs: the places, services and people whose number it is."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection
from django.urls import reverse

from publishing.models import published_sql
from search.sql import places

PAGES = {
    "place": "directory:location_detail",
    "service": "directory:service_detail",
    "person": "directory:person_detail",
}


@dataclass(frozen=True)
class Belonging:
    """One of them: `kind` is a key of PAGES, `path` the address of its page."""

    kind: str
    name: str
    path: str


def belongings_of(contacts, at):
    """Return {pk: tuple of Belonging, the places first} of Contacts, in one query: what is public at `at`."""
    ids = [contact.pk for contact in contacts]
    if not ids:
        return {}
    of_contact = defaultdict(list)
    for kind, name, contact, slug in sorted(_found(ids, at), key=lambda row: (list(PAGES).index(row[0]), row[1])):
        of_contact[contact].append(Belonging(kind, name, reverse(PAGES[kind], args=[slug])))
    return {contact: tuple(belongings) for contact, belongings in of_contact.items()}


# How a thing leads to a contact: as its own, or where it is offered.
_WAYS = [
    ("place", "directory_location", "JOIN directory_location_contacts way ON way.location_id = thing.id"),
    ("place", "directory_location", "JOIN directory_offering way ON way.location_id = thing.id"),
    ("service", "directory_service", "JOIN directory_service_contacts way ON way.service_id = thing.id"),
    ("service", "directory_service", "JOIN directory_offering way ON way.service_id = thing.id"),
    ("person", "directory_person", "JOIN directory_person way ON way.id = thing.id"),
]


def _found(ids, at):
    """Return the different (kind, name, contact's pk, slug) of what is public and leads to one of these contacts."""
    # By hand: Django takes ten times as long to write so large a question down as the database to answer it.
    public, instants = published_sql("thing", at)
    sql = " UNION ".join(
        f"""SELECT '{kind}', thing.name, way.contact_id, thing.slug FROM {table} thing {join}
        WHERE way.contact_id IN ({places(ids)}) AND {public}"""  # noqa: S608  our own parts
        for kind, table, join in _WAYS
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*ids, *instants] * len(_WAYS))
        return cursor.fetchall()
