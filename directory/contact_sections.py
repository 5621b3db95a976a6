"""The phone list in its sections, of which a long one is cut."""

from dataclasses import dataclass

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe

from .entries import entries
from .forms import SectionForm
from .models import Contact, Section

SHOWN_AT_ONCE = 60  # contacts of one section; more would be a page that nobody reads to its end


@dataclass(frozen=True)
class ContactSection:
    """A heading with the first of its contacts, Entries, in the keeper's order; it has `total` of them."""

    name: str
    slug: str
    total: int
    entries: list

    @cached_property
    def html(self):
        """Return its entries one after the other, in the language of the page that asks first."""
        return mark_safe("".join(entry.html for entry in self.entries))  # noqa: S308  each came from a template

    @property
    def is_cut(self):
        return self.total > len(self.entries)


def sections_with_totals(at):
    """Return the Sections that have public contacts at `at`, in their order, each with `total`: how many."""
    # Counted by itself and not joined to the sections, which takes the database four times as long.
    counted = Contact.objects.published(at).order_by().values("section").annotate(total=Count("pk"))
    totals = {row["section"]: row["total"] for row in counted}
    sections = [section for section in Section.objects.order_by("position") if section.pk in totals]
    for section in sections:
        section.total = totals[section.pk]
    return sections


def section_named(query, sections):
    """Return the one of `sections` that the query of an address names; None for none."""
    form = SectionForm(query)
    if not form.is_valid():
        return None
    return next((each for each in sections if each.slug == form.cleaned_data["section"]), None)


def in_keepers_order(contacts):
    """Return `contacts`, a queryset within one section, in the order that its keeper gave them."""
    return contacts.order_by("position", "pk")


def contact_sections(at, main):
    """Return the ContactSections that have public contacts at `at`, each with the first SHOWN_AT_ONCE of them.

    `main` is as for `entries`.
    """
    place = Window(RowNumber(), partition_by="section", order_by=[F("position").asc(), F("pk").asc()])
    ranked = Contact.objects.published(at).order_by().annotate(place=place)
    first = Contact.objects.filter(pk__in=ranked.filter(place__lte=SHOWN_AT_ONCE).values("pk"))
    contacts = list(in_keepers_order(first))
    told = zip(contacts, entries(contacts, at, main), strict=True)
    by_section = {}
    for contact, entry in told:
        by_section.setdefault(contact.section_id, []).append(entry)
    return [
        ContactSection(section.name, section.slug, section.total, by_section.get(section.pk, []))
        for section in sections_with_totals(at)
    ]
