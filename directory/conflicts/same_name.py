"""One name with different numbers: whoever looks for it does not know which to call."""

from collections import defaultdict

from ..plain_contacts import Kind as NumberKind
from .conflict import Kind, conflict


def same_name(contacts, names):
    """Return the conflicts between contacts of one name that have no number in common.

    Two names are one where they have the same words, in whatever order; where one of them is a part of the other
    ("Diagnostic Imaging", "X-Ray / Diagnostic Imaging"); or where one has besides only words that many names have
    ("Rheumatology Department", "Norwich Backus Outpatient Care Center Rheumatology"). "Cardiology (Norwich)" and
    "Cardiology (Mystic)" are two. Only voice numbers are compared: a fax is another number by its nature.
    """
    read = [(contact, names.read(contact.name)) for contact in contacts if contact.values(NumberKind.VOICE)]
    read = [(contact, name) for contact, name in read if name is not None]
    bare = {name.words for _entry, name in read if name.words == name.telling}

    def key_of(name):
        return name.telling if name.telling in bare else name.words

    groups = defaultdict(dict)
    for contact, name in read:
        groups[key_of(name)][contact.pk] = contact
    for contact, name in read:
        for part in name.parts:
            if part.telling and key_of(part) in groups:
                groups[key_of(part)][contact.pk] = contact
    return list(_differing(groups, {contact.pk: place for place, contact in enumerate(contacts)}))


def _differing(groups, places):
    told = set()
    for key, members in groups.items():
        members = sorted(members.values(), key=lambda contact: places[contact.pk])
        among = frozenset(contact.pk for contact in members)
        numbers = [contact.values(NumberKind.VOICE) for contact in members]
        if len(members) > 1 and not set.intersection(*numbers) and among not in told:
            told.add(among)
            shortest = min((contact.name for contact in members), key=len)
            yield conflict(Kind.SAME_NAME, " ".join(sorted(key)), members, about=shortest)
