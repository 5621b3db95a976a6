"""The services from A to Z, and the page of each."""

import string
from itertools import groupby

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing.head import PageHead
from publishing.reader import reader_of
from search.words import folded

from ..models import Service
from .trail import trail


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
                json_ld=[trail((_("Medical services"), request.path))],
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
                    trail((_("Medical services"), reverse("directory:service_list")), (service.name, request.path))
                ],
            ),
            "service": service,
            "contacts": service.contacts.published().with_numbers(),
            "locations": service.locations.published(),
        },
    )
