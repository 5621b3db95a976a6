"""What of the directory can be found."""

from django.utils.translation import gettext_lazy as _

from search.sources import Document, Source, register

from .models import Contact, Location, Person, Service


def contact_document(contact):
    """Return the Document of a contact, with its first number that can be dialled."""
    number = next(iter(contact.numbers.all()), None)
    phone = (number.dial_address, number.displayed) if number and number.dial_address else None
    path = f"/contact/#contact-{contact.pk}"
    return Document(contact.name, path, contact.title or contact.section.name, contact.also_known_as, phone)


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
