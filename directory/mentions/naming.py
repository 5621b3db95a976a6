"""Which contact a number in a text means.

Where one live contact alone has the number, it is that one. Where several share it (Human Resources and the
privacy officer), it is the one that is named beside it, and nobody's where none or several are: then an
editor chooses. What was a contact's number while the text already had it counts as its number still.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import phonenumbers
from django.conf import settings
from django.db.models import Q
from phonenumber_field.phonenumber import PhoneNumber

from search.sources import several
from search.words import folded

from ..models import Contact, ContactNumber, FormerNumber, NumberMention

State = NumberMention.State
Kind = ContactNumber.Kind
# Dialled without an area code, and the same all over the country.
SHORT_CODES = {"211", "311", "411", "511", "611", "711", "811", "911", "988"}
MOST_ASKED_FOR = 20  # values for which the database is asked one by one; for more, all live numbers are read
SHORTEST_NAME = 3
_WORD = re.compile(r"\w+")
_KIND_WORDS = {Kind.TTY: ("tty", "tdd", "deaf", "sordos"), Kind.FAX: ("fax",), Kind.TEXT: ("text", "sms", "texto")}


@dataclass(frozen=True)
class Holder:
    """One live ContactNumber, as much of it as is asked here."""

    pk: int
    value: str
    kind: str
    contact_id: int
    names: tuple

    @cached_property
    def pattern(self):
        """Return the pattern that finds one of its names in folded words; None where it has none."""
        words = [*(_read(name) for name in self.names), *_KIND_WORDS.get(self.kind, ())]
        words = [re.escape(word) for word in words if len(word) >= SHORTEST_NAME]
        return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") if words else None

    def is_named_in(self, words):
        return bool(self.pattern and self.pattern.search(words))


def _read(text):
    """Return `text` as names are looked for in it: folded, with single spaces."""
    return " ".join(folded(text).split())


class Holders:
    """Who has which number, for a set of values or for all of them, at `at` (aware datetime, default: now)."""

    def __init__(self, values=None, at=None):
        self._at = at
        self._by_value = defaultdict(list)
        self._mains = {settings.MAIN_PHONE}
        asked = None if values is None or len(values) > MOST_ASKED_FOR else _written_as(values)
        for holder in _live(at, asked):
            self._by_value[holder.value].append(holder)
            self._mains.add(holder.value.partition("x")[0])
        self._former = self._formers(values)

    def _formers(self, values):
        rows = FormerNumber.objects.order_by("pk")
        if values is not None and len(values) <= MOST_ASKED_FOR:
            rows = rows.filter(value__in=values)
        former = defaultdict(list)
        for value, number, until in rows.values_list("value", "number_id", "until"):
            former[value].append((number, until))
        wanted = {number for each in former.values() for number, _until in each}
        holders = {holder.pk: holder for holder in _live(self._at, Q(pk__in=wanted))} if wanted else {}
        return {
            value: [(holders[number], until) for number, until in each if number in holders]
            for value, each in former.items()
        }

    def now(self, value):
        """Return the Holders that have the number `value` today."""
        return self._by_value.get(value, [])

    def formerly(self, value, since=None):
        """Return the Holders that had the number `value`: after the aware datetime `since`, or at any time."""
        found = {holder.pk: holder for holder, until in self._former.get(value, ()) if since is None or until > since}
        return [holder for holder in found.values() if holder.value != value]

    def of(self, value, since):
        """Return all Holders whom a text with the number `value` may mean that has had it since `since`."""
        return [*self.now(value), *self.formerly(value, since)]

    def meant(self, found, since):
        """Return (State, primary key of the ContactNumber or None) of a Found number that was there `since`."""
        value = found.written.value
        candidates = self.of(value, since)
        if candidates:
            chosen = _named(candidates, found.near)
            return (State.MATCHED, chosen.pk) if chosen else (State.UNDECIDED, None)
        return self.without_holder(value), None

    def without_holder(self, value):
        """Return the State of a number that no contact has by itself."""
        is_general = value in SHORT_CODES or ("x" not in value and value in self._mains)
        return State.GENERAL if is_general else State.UNKNOWN


def _named(candidates, near):
    """Return the one of `candidates` that is meant, or None. Several numbers of one contact are as good as one."""
    if len({each.contact_id for each in candidates}) == 1:
        return _of_one_contact(candidates, near)
    for words in near:
        words = _read(words or "")
        named = [each for each in candidates if each.is_named_in(words)]
        if named:
            one = len({each.contact_id for each in named}) == 1
            return _of_one_contact(named, near) if one else None
    return None


def _of_one_contact(candidates, near):
    """Return the number of the kind that is spoken of, or the first that can be called."""
    spoken = set(_WORD.findall(_read(near[0] or "")))
    of_kind = [each for each in candidates if not spoken.isdisjoint(_KIND_WORDS.get(each.kind, ()))]
    return min(of_kind or candidates, key=lambda each: (each.kind != Kind.VOICE, each.pk))


def _written_as(values):
    """Return the Q of the ContactNumbers whose number is one of `values`, with whatever extension."""
    asked = Q(short_code__in=[value for value in values if not value.startswith("+")])
    for main in {value.partition("x")[0] for value in values if value.startswith("+")}:
        stored = phonenumbers.format_number(PhoneNumber.from_string(main), phonenumbers.PhoneNumberFormat.RFC3966)
        asked |= Q(number__startswith=stored)
    return asked


def _live(at, asked=None):
    """Return the Holders among the ContactNumbers of live contacts, or those of them that `asked`, a Q, finds."""
    rows = ContactNumber.objects.filter(contact__in=Contact.objects.published(at))
    if asked is not None:
        rows = rows.filter(asked)
    rows = rows.order_by("pk").select_related("contact")
    rows = rows.only("number", "short_code", "kind", "contact__name", "contact__also_known_as")
    return [
        Holder(row.pk, row.value, row.kind, row.contact_id, (row.contact.name, *several(row.contact.also_known_as)))
        for row in rows.iterator(chunk_size=2000)
    ]
