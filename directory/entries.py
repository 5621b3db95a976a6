"""What the phone list says of each contact, ready to be printed.

An Entry is made of texts alone, so two that are equal look the same: each is drawn once in a process for as long
as nothing in it has changed. A template takes ten times as long as the rest of a line of the list.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .belonging import belongings_of
from .fetched import newest_checks_by_contact, numbers_by_contact
from .models import ContactNumber
from .models.contact import last_found_right
from .number_entries import NumberEntry, WhomToCall, hours_told, number_entry, what_is_shown_of

DRAWN = 4_000  # entries of two kilobytes each


@dataclass(frozen=True)
class Entry(WhomToCall):
    """One contact with all that the list tells of it.

    `instead` is the main NumberEntry where the contact has no number, `checked` the month in which the numbers were
    last found right, "June 2026" and briefly "6/2026", or "". `belongs` are of Belonging.
    """

    also: str
    email: str
    web: str
    languages: str
    checked: str
    checked_briefly: str
    belongs: tuple
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
    Beside that of a queryset it takes three queries, and one more where any number says what is on holidays.
    """
    contacts = list(contacts)
    if not contacts:
        return []
    numbers = numbers_by_contact(contacts)
    told = hours_told(numbers, at)
    checks = newest_checks_by_contact(contacts)
    belongs = belongings_of(contacts, at)
    instead = number_entry(main or ContactNumber(number=settings.MAIN_PHONE), _("Main number"))
    return [
        _entry(
            contact,
            what_is_shown_of(contact, numbers.get(contact.pk, ()), told),
            last_found_right(numbers.get(contact.pk, ()), checks.get(contact.pk, ())),
            belongs.get(contact.pk, ()),
            instead,
        )
        for contact in contacts
    ]


def _entry(contact, shown, checked_on, belongs, instead):
    return Entry(
        **shown,
        also=contact.also_known_as,
        email=contact.email,
        web=contact.web,
        languages=contact.languages,
        checked=date_format(checked_on, "YEAR_MONTH_FORMAT") if checked_on else "",
        checked_briefly=date_format(checked_on, "n/Y") if checked_on else "",
        belongs=belongs,
        instead=None if shown["numbers"] else instead,
    )
