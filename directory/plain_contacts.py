"""The contacts as plain values, for who looks through all: in three queries, however many there are."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import timezone

from publishing.demonstration import without_made_up

from .models import Contact, ContactNumber, NumberCheck

Kind = ContactNumber.Kind


@dataclass(frozen=True)
class Verdict:
    """What came of the last check of a number in which somebody answered: its row, the outcome, when, the note."""

    pk: int
    outcome: str
    at: datetime
    note: str


@dataclass(frozen=True)
class PlainContact:
    """One contact. `numbers` are (ContactNumber.Kind, ContactNumber.value), in their order.

    `verdicts` are {value: Verdict}, `review_on` is a date or None, and `is_live` whether the public sees it, now or
    from a set day on.
    """

    pk: int
    name: str
    title: str
    also_known_as: str
    note: str
    source_line: str
    role: str
    is_live: bool
    review_on: date | None
    numbers: tuple
    verdicts: dict

    def values(self, *kinds):
        """Return the values of its numbers of these kinds, a set."""
        return {value for kind, value in self.numbers if kind in kinds}

    @property
    def to_ring(self):
        """Return the values of what can be rung or texted, without repetition: all but the faxes."""
        return list(dict.fromkeys(value for kind, value in self.numbers if kind != Kind.FAX))


def read_plain_contacts(at=None):
    """Return each contact that is not taken down at `at` (default: now), in the order of the list, a PlainContact."""
    at = at or timezone.now()
    contacts = without_made_up(Contact.objects.exclude(expires_at__lte=at)).filter(archived_at__isnull=True)
    numbers = _numbers(contacts)
    verdicts = _verdicts(contacts)
    fields = ["pk", "name", "title", "also_known_as", "note", "source_line", "role", "published_at", "review_on"]
    return [
        PlainContact(
            **{name: values[name] for name in fields if name != "published_at"},
            is_live=values["published_at"] is not None,
            numbers=tuple(numbers.get(values["pk"], ())),
            verdicts=verdicts.get(values["pk"], {}),
        )
        for values in contacts.order_by("section__position", "position", "pk").values(*fields)
    ]


def _numbers(contacts):
    """Return {contact: [(kind, value)]}."""
    # As text: making a number of it, to make a text of that again, takes ten times as long.
    rows = (
        ContactNumber.objects.filter(contact__in=contacts.order_by())
        .annotate(text=Cast("number", CharField()))
        .order_by("position", "pk")
        .values_list("contact_id", "kind", "text", "short_code")
    )
    numbers = {}
    for contact, kind, text, short_code in rows:
        numbers.setdefault(contact, []).append((kind, short_code or value_of(text)))
    return numbers


_EXTENSION = re.compile(r";ext=([^;]*)")


def value_of(text):
    """Return ContactNumber.value of a number as it is stored: "+18608898331x2215" of "tel:+1-860-889-8331;ext=2215"."""
    number = text.removeprefix("tel:").partition(";")[0].replace("-", "")
    extension = _EXTENSION.search(text)
    return f"{number}x{extension[1]}" if extension and extension[1] else number


def _verdicts(contacts):
    """Return {contact: {value: its Verdict}}."""
    rows = NumberCheck.objects.newest(NumberCheck.Outcome.RIGHT, NumberCheck.Outcome.WRONG)
    rows = rows.filter(contact__in=contacts.order_by()).order_by()
    verdicts = {}
    for contact, number, *told in rows.values_list("contact_id", "number", "pk", "outcome", "checked_at", "note"):
        verdicts.setdefault(contact, {})[number] = Verdict(*told)
    return verdicts
