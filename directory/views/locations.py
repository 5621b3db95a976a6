"""The places that patients come to, and the page of each."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing import instant, json_ld
from publishing.head import PageHead
from publishing.reader import reader_of

from ..models import Contact, Location
from ..models.hours import SPECIAL_DAYS_SHOWN
from ..opening import end_of_day
from ..opening_words import open_line, special_days_told, week_told
from ..structured_hours import opening_hours_specification
from .keeping import kept_while_true
from .trail import trail


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
                json_ld=[trail((_("Locations"), request.path))],
            ),
            "places": places,
            "tells_if_open": any(line for location, line in places),
        },
    )
    return kept_while_true([line for location, line in places], response)


@require_safe
def location_detail(request, slug):
    """Show one place: how to reach it, when it is open, whom to call, what is offered there."""
    at = instant.now()
    places = Location.objects.visible_to(reader_of(request)).with_hours(at).select_related("image")
    location = get_object_or_404(places, slug=slug)
    hours = location.opening_hours
    line = open_line(hours, at)
    structured = [trail((_("Locations"), reverse("directory:location_list")), (location.name, request.path))]
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
    return kept_while_true([line], response)


def _published_contacts():
    return Prefetch("contacts", Contact.objects.published().with_numbers(), to_attr="published_contacts")
