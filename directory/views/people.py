"""The providers and the leadership team, and the page of each person."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing import json_ld
from publishing.head import PageHead
from publishing.reader import reader_of

from ..forms import PeopleFilterForm
from ..models import Contact, Person
from .trail import trail


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
                json_ld=[trail((_("People"), request.path))],
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
    structured = [trail((_("People"), reverse("directory:person_list")), (person.full_name, request.path))]
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
