"""All conflicts of the directory, found anew each time: nothing has to be kept true between two looks."""

from functools import partial

from django.utils import timezone

from ..opening import local_day
from ..plain_contacts import read_plain_contacts
from .completeness import incomplete
from .conflict import Kind
from .names import Names
from .same_name import same_name
from .shared_numbers import shared_numbers
from .spelling import misspelled
from .verification import found_wrong, unverified

_ORDER = {kind: place for place, kind in enumerate(Kind)}


def find_conflicts(at=None):
    """Return the Conflicts at `at` (default: now), by kind and then in the order of the list; in four queries."""
    at = at or timezone.now()
    return conflicts_among(read_plain_contacts(at), at)


def conflicts_among(contacts, at):
    """Return the Conflicts among `contacts`, a list of PlainContact as they are at `at`."""
    names = Names(contacts)
    finders = [
        same_name,
        shared_numbers,
        incomplete,
        misspelled,
        found_wrong,
        partial(unverified, today=local_day(at)),
    ]
    found = {each.key: each for finder in finders for each in finder(contacts, names)}
    places = {contact.pk: place for place, contact in enumerate(contacts)}
    return sorted(found.values(), key=lambda each: (_ORDER[each.kind], places[each.contacts[0]], each.key))
