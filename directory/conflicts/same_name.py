"""One name with different numbers: whoever looks for it does not know which to call."""

from collections import defaultdict

from .conflict import Kind, conflict
from .entries import Kind as NumberKind


def same_name(entries, names):
    """Return the conflicts between entries of one name that have no number in common.

    Two names are one where they have the same words, in whatever order; where one of them is a part of the other
    ("Diagnostic Imaging", "X-Ray / Diagnostic Imaging"); or where one has besides only words that many names have
    ("Rheumatology Department", "Norwich Backus Outpatient Care Center Rheumatology"). "Cardiology (Norwich)" and
    "Cardiology (Mystic)" are two. Only voice numbers are compared: a fax is another number by its nature.
    """
    read = [(entry, names.read(entry.name)) for entry in entries if entry.values(NumberKind.VOICE)]
    read = [(entry, name) for entry, name in read if name is not None]
    bare = {name.words for _entry, name in read if name.words == name.telling}

    def key_of(name):
        return name.telling if name.telling in bare else name.words

    groups = defaultdict(dict)
    for entry, name in read:
        groups[key_of(name)][entry.pk] = entry
    for entry, name in read:
        for part in name.parts:
            if part.telling and key_of(part) in groups:
                groups[key_of(part)][entry.pk] = entry
    return list(_differing(groups, {entry.pk: place for place, entry in enumerate(entries)}))


def _differing(groups, places):
    told = set()
    for key, members in groups.items():
        members = sorted(members.values(), key=lambda entry: places[entry.pk])
        among = frozenset(entry.pk for entry in members)
        numbers = [entry.values(NumberKind.VOICE) for entry in members]
        if len(members) > 1 and not set.intersection(*numbers) and among not in told:
            told.add(among)
            shortest = min((entry.name for entry in members), key=len)
            yield conflict(Kind.SAME_NAME, " ".join(sorted(key)), members, about=shortest)
