"""Contacts, places and people as files that a phone puts among its own contacts. Only what is public has one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import conditional_page, require_safe

from publishing import instant

from ..entries import entries
from ..lifelines import lifelines
from ..models import Contact, Location, Person
from ..vcards import contact_vcard, location_vcard, person_vcard


@require_safe
@conditional_page
def contact_card(request, pk):
    """Send the vCard of one contact."""
    at = instant.now()
    contact = get_object_or_404(Contact.objects.published(at), pk=pk)
    [entry] = entries([contact], at, lifelines().main)
    return _sent(contact_vcard(contact, entry), contact.name)


@require_safe
@conditional_page
def location_card(request, slug):
    """Send the vCard of one place."""
    at = instant.now()
    location = get_object_or_404(Location.objects.published(at).with_hours(at), slug=slug)
    of_place = entries(location.contacts.published(at), at, None)
    return _sent(location_vcard(location, of_place, at), location.slug)


@require_safe
@conditional_page
def person_card(request, slug):
    """Send the vCard of one person."""
    at = instant.now()
    person = get_object_or_404(Person.objects.published(at), slug=slug)
    entry = next(iter(entries(Contact.objects.published(at).filter(pk=person.contact_id), at, None)), None)
    return _sent(person_vcard(person, entry, person.locations.published(at)), person.slug)


def _sent(card, name):
    response = HttpResponse(card, content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)[:60] or "contact"}.vcf"'
    response["X-Robots-Tag"] = "noindex"
    return response
