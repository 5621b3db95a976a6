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

from ..forms import LocationFilterForm
from ..models import Contact, Location
from ..models.hours import SPECIAL_DAYS_SHOWN
from ..offered import offered_at, reach
from ..opening import end_of_day
from ..opening_words import special_days_told, week_told
from ..place_now import place_now
from ..structured_places import structured_place
from .keeping import kept_until_first

PEOPLE_SHOWN = 6
WORTH_FILTERING = 4  # fewer places are read sooner than filters


@require_safe
def location_list(request):
    """Show the places that patients come to, those that fit what the address asks."""
    at = instant.now()
    locations = Location.objects.published(at).with_hours(at).prefetch_related(_published_contacts())
    places = [(location, place_now(location, at)) for location in locations]
    form = LocationFilterForm(request.GET, towns=sorted({location.city for location, now in places} - {""}))
    shown = form.matching(places) if form.is_valid() else []
    response = TemplateResponse(
        request,
        "directory/location_list.html",
        {
            "head": PageHead(
                title=_("Locations"),
                description=_("Hospitals, emergency care, health centers and medical offices."),
                path=request.path,
                json_ld=[json_ld.trail((_("Locations"), request.path))],
                indexed=not form.asked,
            ),
            "form": form,
            "offers_filters": len(places) >= WORTH_FILTERING or form.asked or form.errors,
            "places": shown,
            "tells_if_open": any(now.line for location, now in shown),
        },
    )
    # Of all of them: one that is not shown may be open a minute later.
    return kept_until_first([now.changes_at for location, now in places], response)


@require_safe
def location_detail(request, slug):
    """Show one place: whether it works as usual, how to reach it, when it is open, whom to call, what is there."""
    at = instant.now()
    places = Location.objects.visible_to(reader_of(request)).with_hours(at).select_related("image")
    location = get_object_or_404(places, slug=slug)
    now = place_now(location, at)
    contacts = list(location.contacts.published(at))
    shown = reach(contacts, offered_at(location, at), at, is_shut=not now.status.has_doors_open)
    people = location.people.published(at).providers().select_related("image")
    shown_people = list(people[: PEOPLE_SHOWN + 1])
    response = TemplateResponse(
        request,
        "directory/location_detail.html",
        {
            "head": PageHead(
                title=location.name,
                description=location.summary,
                path=request.path,
                image=location.image,
                json_ld=[
                    json_ld.trail((_("Locations"), reverse("directory:location_list")), (location.name, request.path)),
                    *structured_place(
                        location,
                        now,
                        at,
                        gives_care=bool(shown.offered),
                        telephone=next((contact.telephone for contact in contacts if contact.telephone), None),
                    ),
                ],
            ),
            "location": location,
            "now": now,
            "week": week_told(location.opening_hours, at),
            "special_days": special_days_told(location.opening_hours, at, SPECIAL_DAYS_SHOWN),
            "today_ends": end_of_day(at),
            "contacts": shown.contacts,
            "offered": shown.offered,
            "photos": location.photos.select_related("image"),
            "people": shown_people[:PEOPLE_SHOWN],
            "people_count": people.count() if len(shown_people) > PEOPLE_SHOWN else len(shown_people),
            "tells_if_open": now.line or shown.open_lines,
        },
    )
    return kept_until_first([now.changes_at, *shown.changes], response)


def _published_contacts():
    return Prefetch("contacts", Contact.objects.published().with_numbers(), to_attr="published_contacts")
