"""Where a contact belongs: the places, services and people whose number it is."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Value
from django.urls import reverse

from .models import Location, Person, Service

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
    found = _rows(Location, "place", "contacts", ids, at).union(
        _rows(Location, "place", "offerings__contact", ids, at),
        _rows(Service, "service", "contacts", ids, at),
        _rows(Service, "service", "offerings__contact", ids, at),
        _rows(Person, "person", "contact", ids, at),
    )
    of_contact = defaultdict(list)
    for kind, name, contact, slug in sorted(found, key=lambda row: (list(PAGES).index(row[0]), row[1])):
        of_contact[contact].append(Belonging(kind, name, reverse(PAGES[kind], args=[slug])))
    return {contact: tuple(belongings) for contact, belongings in of_contact.items()}


def _rows(model, kind, way, ids, at):
    """Return (kind, name, contact's pk, slug) of the public rows of `model` that lead to a contact by `way`."""
    public = model.objects.published(at).filter(**{f"{way}__in": ids})
    return public.order_by().values_list(Value(kind), "name", way, "slug")
