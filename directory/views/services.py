"""The services from A to Z, and the page of each."""

import string
from itertools import groupby

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from publishing import instant, json_ld
from publishing.head import PageHead
from publishing.reader import reader_of
from search.engine import find
from search.words import folded

from ..forms import ServiceFilterForm
from ..lifelines import lifelines
from ..models import Location, Service
from ..offered import offered_by, reach
from ..related import related_to
from .keeping import kept_until_first

PEOPLE_SHOWN = 12


@require_safe
@vary_on_headers("HX-Request")
def service_list(request):
    """Show the services from A to Z, or those that fit what the address asks; htmx gets the list alone."""
    template_name = "directory/service_list.html"
    if request.htmx:
        template_name += "#found"
    services = Service.objects.published()
    places = Location.objects.published().filter(services__in=services).distinct()
    form = ServiceFilterForm(request.GET, places=places)
    services = form.matching(services) if form.is_valid() else services.none()
    services = services.only("name", "slug", "also_known_as", "summary", "telehealth")
    words = form.cleaned_data.get("q", "")
    found = find(words, among=("service",)) if words else None
    fitting = _best_first(services, found) if words else _a_to_z(services)
    by_letter = {} if words else _by_letter(fitting)
    return TemplateResponse(
        request,
        template_name,
        {
            "head": PageHead(
                title=_("Medical services A to Z"),
                description=_("Find the care you need, from A to Z."),
                path=request.path,
                json_ld=[json_ld.trail((_("Medical services"), request.path))],
                indexed=not form.asked,
            ),
            "form": form,
            "words": words,
            "found": found,
            "services": fitting,
            "letters": [(letter, letter in by_letter) for letter in string.ascii_uppercase],
            "groups": list(by_letter.items()),
            "frame": {"lifelines": lifelines()},
        },
    )


def _best_first(services, found):
    """Return those of `services` that the search has `found`, a Found, the best first."""
    known = services.in_bulk([result.row.object_id for result in found.results])
    return [known[result.row.object_id] for result in found.results if result.row.object_id in known]


def _a_to_z(services):
    """Return the list of `services` by name. Databases differ on where small letters and accents stand."""
    return sorted(services, key=lambda service: folded(service.name))


def _by_letter(services):
    """Return lists of `services`, which are in order, by the first letter of their names."""
    return {letter: list(group) for letter, group in groupby(services, lambda one: folded(one.name)[:1].upper())}


@require_safe
def service_detail(request, slug):
    """Show one service: what it is for, where and how patients get it, whom to call, who gives it."""
    at = instant.now()
    service = get_object_or_404(Service.objects.visible_to(reader_of(request)).select_related("image"), slug=slug)
    shown = reach(list(service.contacts.published(at)), offered_by(service, at), at)
    response = TemplateResponse(
        request,
        "directory/service_detail.html",
        {
            "head": PageHead(
                title=service.name,
                description=service.summary,
                path=request.path,
                image=service.image,
                json_ld=[
                    json_ld.trail(
                        (_("Medical services"), reverse("directory:service_list")), (service.name, request.path)
                    )
                ],
            ),
            "service": service,
            "contacts": shown.contacts,
            "offered": shown.offered,
            "people": service.people.published(at).providers().select_related("image")[:PEOPLE_SHOWN],
            "related_services": service.related.published(at),
            "related": related_to(service, at),
            "tells_if_open": shown.open_lines,
        },
    )
    return kept_until_first(shown.changes, response)
