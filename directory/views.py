"""The pages of the directory: contacts, services, locations, people."""

import string
from itertools import groupby

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from publishing import instant, json_ld
from publishing.caching import kept_until
from publishing.head import PageHead
from publishing.reader import reader_of
from search.live_box import live_box
from search.words import folded

from .forms import PeopleFilterForm
from .lifelines import lifelines
from .models import Contact, Location, Person, Section, Service
from .models.hours import SPECIAL_DAYS_SHOWN
from .opening import end_of_day
from .opening_words import open_line, special_days_told, week_told
from .structured_hours import opening_hours_specification


@require_safe
@vary_on_headers("HX-Request")
def contact_list(request):
    """Show the phone list in its sections, or what the box found in it, best first; htmx gets the list alone."""
    template_name = "directory/contact_list.html"
    if request.htmx:
        template_name += "#found"
    box = live_box(request, "contact")
    return TemplateResponse(
        request,
        template_name,
        {
            "head": PageHead(
                title=_("Contact directory"),
                description=_("Phone numbers of the hospital, its health centers, programs and services."),
                path=request.path,
                json_ld=[_trail((_("Contact directory"), request.path))],
                indexed=not box.text,
            ),
            "box": box,
            "contacts": _in_order(Contact.objects.published().with_numbers(), box.ids) if box.found else [],
            "sections": [] if box.found else _contact_sections(),
            # Around a whole page base.html asks for them itself.
            "frame": {"lifelines": lifelines()} if request.htmx else None,
        },
    )


def _contact_sections():
    """Return the Sections that have published contacts, with these as `published_contacts`, in the keeper's order."""
    contacts = Contact.objects.published().with_numbers().order_by("position", "pk")
    sections = Section.objects.prefetch_related(Prefetch("contacts", contacts, to_attr="published_contacts"))
    return [section for section in sections if section.published_contacts]


def _in_order(things, ids):
    """Return those of the queryset `things` that have one of `ids`, in the order of these."""
    found = things.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


@require_safe
def service_list(request):
    """Show the services from A to Z."""
    # Sorted here: databases differ on where small letters and accents stand, and a letter must come in one piece.
    services = sorted(Service.objects.published(), key=lambda service: folded(service.name))
    by_letter = {
        letter: list(group) for letter, group in groupby(services, lambda service: folded(service.name)[:1].upper())
    }
    return TemplateResponse(
        request,
        "directory/service_list.html",
        {
            "head": PageHead(
                title=_("Medical services A to Z"),
                description=_("Find the care you need, from A to Z."),
                path=request.path,
                json_ld=[_trail((_("Medical services"), request.path))],
            ),
            "letters": [(letter, letter in by_letter) for letter in string.ascii_uppercase],
            "groups": list(by_letter.items()),
        },
    )


@require_safe
def service_detail(request, slug):
    """Show one service: what it is, whom to call, where."""
    service = get_object_or_404(Service.objects.visible_to(reader_of(request)), slug=slug)
    return TemplateResponse(
        request,
        "directory/service_detail.html",
        {
            "head": PageHead(
                title=service.name,
                description=service.summary,
                path=request.path,
                image=service.image,
                json_ld=[
                    _trail((_("Medical services"), reverse("directory:service_list")), (service.name, request.path))
                ],
            ),
            "service": service,
            "contacts": service.contacts.published().with_numbers(),
            "locations": service.locations.published(),
        },
    )


@require_safe
def location_list(request):
    """Show the places that patients come to."""
    at = instant.now()
    locations = Location.objects.published(at).with_hours(at).select_related("image")
    places = [
        (location, open_line(location.opening_hours, at))
        for location in locations.prefetch_related(_published_contacts())
    ]
    response = TemplateResponse(
        request,
        "directory/location_list.html",
        {
            "head": PageHead(
                title=_("Locations"),
                description=_("Hospitals, emergency care, health centers and medical offices."),
                path=request.path,
                json_ld=[_trail((_("Locations"), request.path))],
            ),
            "places": places,
            "tells_if_open": any(line for location, line in places),
        },
    )
    return _kept_while_true([line for location, line in places], response)


@require_safe
def location_detail(request, slug):
    """Show one place: how to reach it, when it is open, whom to call, what is offered there."""
    at = instant.now()
    places = Location.objects.visible_to(reader_of(request)).with_hours(at).select_related("image")
    location = get_object_or_404(places, slug=slug)
    hours = location.opening_hours
    line = open_line(hours, at)
    structured = [_trail((_("Locations"), reverse("directory:location_list")), (location.name, request.path))]
    if specification := opening_hours_specification(hours):
        structured.append(
            json_ld.place(
                name=location.name,
                path=request.path,
                street=location.street,
                city=location.city,
                state=location.state,
                postal_code=location.postal_code,
                opening_hours=specification,
            )
        )
    response = TemplateResponse(
        request,
        "directory/location_detail.html",
        {
            "head": PageHead(
                title=location.name,
                description=location.summary,
                path=request.path,
                image=location.image,
                json_ld=structured,
            ),
            "location": location,
            "line": line,
            "week": week_told(hours, at),
            "special_days": special_days_told(hours, at, SPECIAL_DAYS_SHOWN),
            "today_ends": end_of_day(at),
            "contacts": location.contacts.published().with_numbers(),
            "services": location.services.published(),
        },
    )
    return _kept_while_true([line], response)


@require_safe
def person_list(request):
    """Show the providers, filtered as the address asks, and the leadership team."""
    providers = Person.objects.published().providers()
    specialties = sorted({specialty for person in providers for specialty in person.specialty_list})
    form = PeopleFilterForm(request.GET, specialties=specialties)
    found = form.matching(providers) if form.is_valid() else providers.none()
    return TemplateResponse(
        request,
        "directory/person_list.html",
        {
            "head": PageHead(
                title=_("Find a doctor, nurse or other provider"),
                description=_("Search by specialty or name, and meet the people who lead the hospital."),
                path=request.path,
                json_ld=[_trail((_("People"), request.path))],
            ),
            "form": form,
            "providers": found.select_related("image", "contact").prefetch_related("locations"),
            "leaders": Person.objects.published().leaders().select_related("image"),
            "filtered": form.is_valid() and any(form.cleaned_data.values()),
        },
    )


@require_safe
def person_detail(request, slug):
    """Show one person with the number to call."""
    people = Person.objects.visible_to(reader_of(request)).select_related("image")
    person = get_object_or_404(people, slug=slug)
    contact = Contact.objects.published().with_numbers().filter(pk=person.contact_id).first()
    number = next((n for n in contact.numbers.all() if n.number), None) if contact else None
    structured = [_trail((_("People"), reverse("directory:person_list")), (person.full_name, request.path))]
    if person.provider:
        structured.append(
            json_ld.physician(
                name=person.full_name,
                path=request.path,
                specialties=person.specialty_list,
                telephone=number.number.as_e164 if number else None,
                image=person.image,
            )
        )
    return TemplateResponse(
        request,
        "directory/person_detail.html",
        {
            "head": PageHead(
                title=person.full_name,
                description=person.title or person.specialties,
                path=request.path,
                image=person.image,
                json_ld=structured,
            ),
            "person": person,
            "contact": contact,
            "locations": person.locations.published(),
        },
    )


def _published_contacts():
    return Prefetch("contacts", Contact.objects.published().with_numbers(), to_attr="published_contacts")


def _trail(*steps):
    return json_ld.breadcrumbs((_("Home"), "/"), *steps)


def _kept_while_true(lines, response):
    """Let caches keep `response` until the first of `lines`, each an OpenLine or None, is over, and return it."""
    ends = [line.holds_until for line in lines if line]
    return kept_until(ends, response) if ends else response
