"""One number in several contacts: one thing listed twice, or things that have nothing to do with each other."""

from collections import defaultdict

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..models import Contact
from ..plain_contacts import Kind as NumberKind
from .conflict import Kind, conflict
from .kinship import related

OF_NOBODY = {NumberKind.SHORT_CODE, NumberKind.RELAY}  # 711 is everybody's
_SPECIAL = {
    NumberKind.TTY: _("A TTY line in one of them, another kind of line in another."),
    NumberKind.FAX: _("A fax in one of them, another kind of line in another."),
}


def shared_numbers(contacts, names):
    """Return the conflicts about numbers that several contacts have; one number, extension included, is one thing.

    The main number without an extension is told of each department by itself: each needs an extension of its own.
    """
    sharing = defaultdict(list)
    for contact in contacts:
        for value in dict.fromkeys(value for kind, value in contact.numbers if kind not in OF_NOBODY):
            sharing[value].append(contact)
    main = _main_numbers(contacts)
    told = set()
    found = []
    for value, members in sharing.items():
        if len(members) < 2 and value not in main:
            continue
        groups = related(members, names)
        found += _listed_twice(value, groups, told)
        found += _on_the_main_number(groups) if value in main else _unrelated(value, members, groups)
    return found


def _listed_twice(value, groups, told):
    for group in groups:
        among = frozenset(contact.pk for contact in group)
        if len(group) > 1 and among not in told:
            told.add(among)  # two that share several numbers are one conflict
            yield conflict(Kind.TWICE, f"{value}:{min(among)}", group, about=value)


def _unrelated(value, members, groups):
    clash = _clash(value, members)
    named = [group for group in groups if group[0].name]
    if len(named) > 1 or clash:
        kinds = sorted({kind for contact in members for kind, number in contact.numbers if number == value})
        members = [contact for contact in members if contact.name or clash]
        yield conflict(Kind.ONE_NUMBER, value, members, kinds, about=value, remark=clash)


def _clash(value, members):
    """Return a sentence where the number is a fax or TTY in one contact and never that in another; else ""."""
    kinds = [{kind for kind, number in contact.numbers if number == value} for contact in members]
    if set.intersection(*kinds):
        return ""
    return next((sentence for kind, sentence in _SPECIAL.items() if any(kind in each for each in kinds)), "")


def _on_the_main_number(groups):
    for group in groups:
        if any(contact.role == Contact.Role.MAIN for contact in group):
            continue
        for contact in group:
            if contact.name:
                yield conflict(Kind.MAIN_NUMBER, contact.pk, [contact])


def _main_numbers(contacts):
    """Return the values of the hospital's main number, without an extension."""
    values = {value for contact in contacts if contact.role == Contact.Role.MAIN for _kind, value in contact.numbers}
    return {value for value in values if "x" not in value} or {settings.MAIN_PHONE}
