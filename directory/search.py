"""What of the directory can be found."""

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from publishing.excerpts import plain_text
from search.sources import Document, Source, own_path, register, several

from .answers import contact_answer, location_answer, person_answer
from .models import Contact, ContactNumber, Location, Offering, Person, Section, Service

MAIN_NUMBER_FIRST = 20  # of all who share it
BY_VIDEO = "Telehealth: by video or telephone."
ASKING_FOR_PEOPLE = (
    r"(doctor|doctora|dr|dra|physician|surgeon|specialist|provider|midwi[fv]e|medic[oa]|cirujan[oa]|partera"
    r"|especialista|\w+(ologist|iatrist|ologo|ologa|iatra))s?"
)


def _public(thing):
    """Return what every Document of the directory says alike of its `thing`."""
    return {
        "language": settings.LANGUAGE_CODE,
        "shown_from": thing.published_at,
        "shown_until": thing.expires_at,
        "demonstration": thing.demonstration,
    }


def written(number):
    """Return a phone number for the search, with its extension: +18608898331x2215."""
    return f"{number.as_e164}x{number.extension}" if number.extension else number.as_e164


def contact_documents(contact):
    """Return the Document of a contact, with its first number that can be dialled."""
    number = contact.first_to_call
    with override(settings.LANGUAGE_CODE):
        path = f"{reverse('directory:contact_list')}#contact-{contact.pk}"
    yield Document(
        **_public(contact),
        title=contact.name,
        path=path,
        names=several(contact.also_known_as),
        summary=contact.title or contact.section.name,
        text=" ".join([contact.section.name, contact.note, *(each.label for each in contact.numbers.all())]),
        numbers=tuple(each.short_code or written(each.number) for each in contact.numbers.all()),
        phone=(number.dial_address, number.displayed) if number else None,
        boost=MAIN_NUMBER_FIRST if contact.role == Contact.Role.MAIN else 0,
    )


def service_documents(service):
    """Return the Document of a service. Whoever looks for a condition means the service that treats it."""
    places = [offering.location.name for offering in service.offerings.all() if _is_public(offering.location)]
    ways = [BY_VIDEO if service.telehealth else "", *(offering.how_to_book for offering in service.offerings.all())]
    yield Document(
        **_public(service),
        title=service.name,
        path=own_path(service),
        names=(*several(service.also_known_as), *service.condition_list),
        summary=service.summary,
        text=plain_text(" ".join([service.body, *(f"<p>{escape(each)}</p>" for each in (*places, *ways))])),
    )


def location_documents(location):
    """Return the Document of a place. Its operating status is not in it: that ends by itself, and no index would."""
    told = [location.body, location.directions, location.parking, location.entrances]
    yield Document(
        **_public(location),
        title=location.name,
        path=own_path(location),
        names=several(location.also_known_as),
        summary=location.summary or ", ".join(location.address_lines),
        text=plain_text(
            " ".join([*map(escape, location.address_lines), *told, location.accessibility, location.transport])
        ),
    )


def person_documents(person):
    names = [person.name, *person.specialty_list]
    if person.provider:
        names.append(f"Dr. {person.sort_name.split(',')[0]}")
    places = [location.name for location in person.locations.all() if _is_public(location)]
    speaks = f"Speaks {', '.join(person.language_list)}." if person.languages else ""
    told = [speaks, BY_VIDEO if person.telehealth else "", *places]
    yield Document(
        **_public(person),
        title=person.full_name,
        path=own_path(person),
        names=tuple(names),
        summary=". ".join(text for text in (", ".join(person.title_lines), person.specialties) if text),
        text=plain_text(" ".join([*map(escape, told), person.biography])),
    )


def _is_public(location):
    """Return whether a place may be named: only whether it was published, since no index follows the clock."""
    return location.published_at is not None


def register_sources():
    register(
        Source(
            "contact",
            _("Phone numbers"),
            Contact,
            lambda: (
                Contact.objects.filter(published_at__isnull=False).select_related("section").prefetch_related("numbers")
            ),
            contact_documents,
            answer=contact_answer,
            points=90,
            asked_by=r"(phone|telephone|call|number|telefono|numero|llamar)s?",
            parts={
                ContactNumber: lambda number: [number.contact_id],
                Section: lambda section: section.contacts.values_list("pk", flat=True),
            },
        )
    )
    register(
        Source(
            "service",
            _("Services"),
            Service,
            lambda: Service.objects.filter(published_at__isnull=False).prefetch_related("offerings__location"),
            service_documents,
            points=95,
            parts={
                Offering: lambda offering: [offering.service_id],
                Location: lambda location: location.services.values_list("pk", flat=True),
            },
        )
    )
    register(
        Source(
            "person",
            _("People"),
            Person,
            lambda: Person.objects.filter(published_at__isnull=False).prefetch_related("locations"),
            person_documents,
            answer=person_answer,
            points=85,
            asked_by=ASKING_FOR_PEOPLE,
            parts={Location: lambda location: location.people.values_list("pk", flat=True)},
        )
    )
    register(
        Source(
            "location",
            _("Locations"),
            Location,
            lambda: Location.objects.filter(published_at__isnull=False),
            location_documents,
            answer=location_answer,
            points=92,
        )
    )
