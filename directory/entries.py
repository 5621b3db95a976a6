"""What the phone list says of each contact, ready to be printed.

An Entry is made of texts alone, so two that are equal look the same: each is drawn once in a process for as long
as nothing in it has changed. A template takes ten times as long as the rest of a line of the list.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .belonging import belongings_of
from .hours_line import parse
from .models import ContactNumber, Holiday, NumberCheck
from .opening_words import OpenLine, open_line
from .phones import dialled
from .usual_hours import usual_hours_told

Kind = ContactNumber.Kind
DRAWN = 4_000  # entries of two kilobytes each


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
class Entry:
    """One contact. Its `hours` are those of all its numbers alike; else each number has its own.

    `instead` is the main NumberEntry where the contact has no number, `checked` the month in which the numbers were
    last found right, "June 2026" and briefly "6/2026", or "". `belongs` are of Belonging.
    """

    pk: int
    name: str
    title: str
    note: str
    also: str
    email: str
    web: str
    languages: str
    checked: str
    checked_briefly: str
    belongs: tuple
    numbers: tuple
    hours: HoursTold
    instead: NumberEntry | None

    @property
    def places(self):
        return [each for each in self.belongs if each.kind == "place"]

    @property
    def pages(self):
        return [each for each in self.belongs if each.kind != "place"]

    @property
    def card(self):
        """Return the address of its vCard."""
        return reverse("directory:contact_card", args=[self.pk])

    @property
    def web_shown(self):
        """Return the web address without what goes without saying: "www.example.org/heart"."""
        return self.web.partition("://")[2].rstrip("/")

    @property
    def open_lines(self):
        """Return the OpenLines that the entry shows: they say until when it is true."""
        return [told.line for told in (self.hours, *(number.hours for number in self.numbers)) if told.line]

    @property
    def html(self):
        """Return the entry as it stands in the list, in the language of the page."""
        return _drawn("directory/_entry.html", self, get_language())

    @property
    def on_paper(self):
        """Return the entry as it stands in the printed list, in the language of the page."""
        return _drawn("directory/_entry_on_paper.html", self, get_language())


@lru_cache(maxsize=DRAWN)
def _drawn(template_name, entry, language):
    html = render_to_string(template_name, {"entry": entry})
    return mark_safe(re.sub(r"\s*\n\s*", "\n", html))  # noqa: S308  a template's; indented it is a third longer


def entries(contacts, at, main):
    """Return the Entry of each of `contacts`, a queryset or list of Contacts, as it is at `at` (aware datetime).

    `main` is the hospital's own ContactNumber, to be asked where a contact has none; None: that of the settings.
    Beside that of a queryset it takes three queries, and one more for holidays where any number has hours.
    """
    contacts = list(contacts)
    if not contacts:
        return []
    newest = Prefetch("checks", NumberCheck.objects.newest())
    prefetch_related_objects(contacts, Prefetch("numbers", ContactNumber.objects.order_by("position", "pk")), newest)
    lines = {number.hours for contact in contacts for number in contact.numbers.all()}
    holidays = Holiday.objects.counting(at) if any(lines) else []
    told = {line: _hours_told(line, holidays, at) for line in lines}
    belongs = belongings_of(contacts, at)
    instead = _number(main or ContactNumber(number=settings.MAIN_PHONE), _("Main number"), NOT_KNOWN)
    return [_entry(contact, told, belongs.get(contact.pk, ()), instead) for contact in contacts]


def _hours_told(text, holidays, at):
    if not text:
        return NOT_KNOWN
    line = parse(text)
    return HoursTold(open_line(line.hours(holidays), at), usual_hours_told(line, at))


def _entry(contact, told, belongs, instead):
    numbers = contact.numbers.all()
    # A fax is open whenever it has paper, and may stand beside a telephone with hours.
    different = {number.hours for number in numbers if number.kind != Kind.FAX}
    alike = told[different.pop()] if len(different) == 1 else None
    checked_on = contact.checked_on
    return Entry(
        pk=contact.pk,
        name=contact.name,
        title=contact.title,
        note=contact.note,
        also=contact.also_known_as,
        email=contact.email,
        web=contact.web,
        languages=contact.languages,
        checked=date_format(checked_on, "YEAR_MONTH_FORMAT") if checked_on else "",
        checked_briefly=date_format(checked_on, "n/Y") if checked_on else "",
        belongs=belongs,
        numbers=tuple(_number(number, contact.name, NOT_KNOWN if alike else told[number.hours]) for number in numbers),
        hours=alike or NOT_KNOWN,
        instead=None if numbers else instead,
    )


def _number(number, name, hours):
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
