"""The numbers of contacts, ready to be shown: how each is written, heard and dialled, and when somebody answers.

A page that lists them shows them with directory/_entry_number.html and directory/_entry_hours.html.
"""

from dataclasses import dataclass, replace

from django.db.models import Prefetch, prefetch_related_objects

from .models import ContactNumber, Holiday
from .opening_words import OpenLine, open_line
from .phones import dialled
from .usual_hours import usual_hours_told

Kind = ContactNumber.Kind


@dataclass(frozen=True)
class HoursTold:
    """`line` is an OpenLine, or None where nobody can tell; `usual` are sentences as of usual_hours_told."""

    line: OpenLine | None = None
    usual: tuple = ()


NOT_KNOWN = HoursTold()


@dataclass(frozen=True)
class NumberEntry:
    """One number. `address` is what a tap opens, or ""; `said` is whom a screen reader names; `kind` "" for a phone.

    `dialled` is what a phone book keeps: "+18608898331,2215".
    """

    address: str
    dialled: str
    written: str
    extension: str
    said: str
    kind: str
    label: str
    by_text: bool
    is_fax: bool
    hours: HoursTold = NOT_KNOWN

    @property
    def extension_said(self):
        """Return the digits of the extension apart: "2 2 1 5"."""
        return " ".join(self.extension)

    @property
    def card_types(self):
        """Return what a vCard calls it, by RFC 2426."""
        if self.is_fax:
            return ["WORK", "FAX"]
        return ["CELL"] if self.by_text else ["WORK", "VOICE"]


@dataclass(frozen=True)
class WhomToCall:
    """One contact and its `numbers`, NumberEntries. `hours` are those of all of them alike; else each has its own."""

    pk: int
    name: str
    title: str
    note: str
    numbers: tuple
    hours: HoursTold

    @property
    def open_lines(self):
        """Return the OpenLines that are shown: they say until when it is true."""
        return [told.line for told in (self.hours, *(number.hours for number in self.numbers)) if told.line]

    @property
    def behind_shut_doors(self):
        """Return it without what is so now: beside a place that is shut nothing may say “open now”."""
        numbers = tuple(replace(number, hours=replace(number.hours, line=None)) for number in self.numbers)
        return replace(self, numbers=numbers, hours=replace(self.hours, line=None))

    @property
    def first_to_call(self):
        """Return the first of its NumberEntries that somebody can call or text, with its hours; or None."""
        number = next((number for number in self.numbers if number.address), None)
        return number if number is None or self.hours == NOT_KNOWN else replace(number, hours=self.hours)


def numbers_of(contacts, at):
    """Return {pk: WhomToCall} of `contacts`, a list of Contacts, in their order, as it is at `at` (aware datetime).

    It takes one query, none where they came with_numbers(), and one more where any number says what is on holidays.
    """
    prefetch_related_objects(contacts, Prefetch("numbers", ContactNumber.objects.order_by("position", "pk")))
    numbers = {contact.pk: contact.numbers.all() for contact in contacts}
    told = hours_told(numbers, at)
    return {contact.pk: WhomToCall(**what_is_shown_of(contact, numbers[contact.pk], told)) for contact in contacts}


def hours_told(numbers, at):
    """Return {hours: HoursTold} of all that stands in `numbers`, {contact's pk: its ContactNumbers}.

    It takes one query where any number says what is on holidays, else none.
    """
    lines = {number.hours: number.hours_line for each in numbers.values() for number in each}
    holidays = Holiday.objects.counting(at) if any(line.holidays is not None for line in lines.values()) else []
    return {
        text: HoursTold(open_line(line.hours(holidays), at), usual_hours_told(line, at)) if text else NOT_KNOWN
        for text, line in lines.items()
    }


def what_is_shown_of(contact, numbers, told):
    """Return the fields of a WhomToCall of a Contact that has these `numbers`; `told` is as of hours_told."""
    # A fax is open whenever it has paper, and may stand beside a telephone with hours.
    different = {number.hours for number in numbers if number.kind != Kind.FAX}
    alike = told[different.pop()] if len(different) == 1 else None
    return {
        "pk": contact.pk,
        "name": contact.name,
        "title": contact.title,
        "note": contact.note,
        "numbers": tuple(
            number_entry(number, contact.name, NOT_KNOWN if alike else told[number.hours]) for number in numbers
        ),
        "hours": alike or NOT_KNOWN,
    }


def number_entry(number, name, hours=NOT_KNOWN):
    """Return the NumberEntry of a ContactNumber of somebody called `name`, with `hours`, an HoursTold."""
    return NumberEntry(
        address=number.dial_address,
        dialled=dialled(number.number) or number.short_code,
        written=number.main_part,
        extension=number.extension,
        said=number.spoken_label or name,
        kind="" if number.kind == Kind.VOICE else number.get_kind_display(),
        label=number.label,
        by_text=number.kind in (Kind.TEXT, Kind.SHORT_CODE),
        is_fax=number.kind == Kind.FAX,
        hours=hours,
    )
