"""Conflicts as a screen shows them: by kind, each with its contacts side by side."""

from collections import Counter
from dataclasses import dataclass

from ..models import Contact
from ..phones import displayed_value
from .conflict import Kind
from .deciding import Case

MOST_SIDES = 6  # contacts of one conflict in a list; its own screen has them all


@dataclass(frozen=True)
class Shown:
    """A Case with its Contacts, which have their section and numbers; `left_out` of them are not shown."""

    case: Case
    contacts: list
    left_out: int = 0

    @property
    def about(self):
        """Return what the conflict is about in a few words: a number, a name, a word, or the contact itself."""
        about = self.case.conflict.about
        if about.startswith("+"):
            return displayed_value(about)
        return about or ", ".join(str(contact) for contact in self.contacts[:1])


@dataclass(frozen=True)
class Group:
    """Those of one kind that are shown, a list of Shown; `more` are left out."""

    kind: Kind
    shown: list
    more: int = 0


def by_kind(cases, most=None):
    """Return a Group for each kind that `cases` have, each with at most `most` of them, in the order of the kinds."""
    groups = {}
    for case in cases:
        groups.setdefault(case.conflict.kind, []).append(case)
    chosen = {kind: groups[kind][:most] for kind in Kind if kind in groups}
    shown = iter(side_by_side([case for cases in chosen.values() for case in cases], MOST_SIDES))
    return [
        Group(kind, [next(shown) for _case in cases], len(groups[kind]) - len(cases)) for kind, cases in chosen.items()
    ]


def side_by_side(cases, most=None):
    """Return the Shown of each of `cases`, with at most `most` contacts, in two queries for all of them."""
    wanted = {pk for case in cases for pk in case.conflict.contacts[:most]}
    contacts = Contact.objects.filter(pk__in=wanted).select_related("section").with_numbers().in_bulk()
    shown = []
    for case in cases:
        # One that was deleted in this very moment is left out.
        found = [contacts[pk] for pk in case.conflict.contacts[:most] if pk in contacts]
        shown.append(Shown(case, found, len(case.conflict.contacts[most:]) if most else 0))
    return shown


def counts_of(cases):
    """Return (Kind, how many Cases of it are open) for each kind of which there are any."""
    all_kinds = {case.conflict.kind for case in cases}
    still_open = Counter(case.conflict.kind for case in cases if case.is_open)
    return [(kind, still_open[kind]) for kind in Kind if kind in all_kinds]
