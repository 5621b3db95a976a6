"""What of the directory can be found."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from search.sources import Document, Source, register

from .models import Contact, Location, Person, Service


def contact_document(contact):
    """Return the Document of a contact, with its first number that can be dialled."""
    number = contact.first_to_call
    phone = (number.dial_address, number.displayed) if number else None
    path = f"/contact/#contact-{contact.pk}"
    return Document(contact.name, path, contact.title or contact.section.name, contact.also_known_as, phone)


def contacts_with_number(digits):
    """Return the published contacts with a number that ends in `digits`, before any extension."""
    groups = [digits[:-7], digits[-7:-4], digits[-4:]]  # stored as tel:+1-860-823-6389;ext=2215
    stored = "-".join(group for group in groups if group)
    ends_so = Q(numbers__number__endswith=f"-{stored}") | Q(numbers__number__contains=f"-{stored};")
    return Contact.objects.published().select_related("section").filter(ends_so)


def register_sources():
    register(
        Source(
            "contact",
            _("Phone numbers"),
            lambda: Contact.objects.published().select_related("section"),
            ("name", "also_known_as", "title"),
            contact_document,
            rank=10,
            prefetch=("numbers",),
            by_phone=contacts_with_number,
        )
    )
    register(
        Source(
            "service",
            _("Services"),
            lambda: Service.objects.published(),
            ("name", "also_known_as", "summary", "body"),
            lambda service: Document(service.name, service.get_absolute_url(), service.summary, service.also_known_as),
            rank=20,
        )
    )
    register(
        Source(
            "person",
            _("People"),
            lambda: Person.objects.published(),
            ("name", "credentials", "title", "specialties", "languages"),
            lambda person: Document(person.full_name, person.get_absolute_url(), person.title or person.specialties),
            rank=30,
        )
    )
    register(
        Source(
            "location",
            _("Locations"),
            lambda: Location.objects.published(),
            ("name", "also_known_as", "summary", "city"),
            lambda place: Document(place.name, place.get_absolute_url(), place.summary, place.also_known_as),
            rank=25,
        )
    )
