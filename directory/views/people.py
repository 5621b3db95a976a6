"""The providers and the leadership team, and the page of each person."""

from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from publishing import instant, json_ld
from publishing.head import PageHead
from publishing.paging import page_of
from publishing.reader import reader_of

from ..forms import PeopleFilterForm
from ..lifelines import lifelines
from ..models import Location, Person
from ..names_asked import fitting
from ..number_entries import numbers_of
from ..opening import Hours
from ..place_now import place_now
from ..structured_places import address_of
from .keeping import kept_until_first

PER_PAGE = 24
NO_HOURS = Hours()


@require_safe
@vary_on_headers("HX-Request")
def person_list(request):
    """Show the providers, those that fit what the address asks, and the leadership team; htmx gets the list alone."""
    template_name = "directory/person_list.html"
    if request.htmx:
        template_name += "#found"
    providers = Person.objects.published().providers()
    # Of 2,000 people many say the same, and only what differs is fetched.
    said = list(providers.order_by().values_list("specialties", "languages").annotate(number=Count("pk")))
    form = PeopleFilterForm(
        request.GET,
        said=[(specialties, languages) for specialties, languages, number in said],
        places=Location.objects.published().filter(people__in=providers).distinct(),
    )
    found = form.matching(providers) if form.is_valid() else providers.none()
    as_typed = True
    if name := form.cleaned_data.get("name", ""):
        keys, as_typed = fitting(name, found.values_list("pk", "name"))
        found = found.filter(pk__in=keys)
    filtered = form.asked
    rows = found.select_related("image").prefetch_related(_published_places())
    everybody = sum(number for specialties, languages, number in said)
    page = page_of(request, rows, PER_PAGE, total=None if filtered or form.errors else everybody)
    return TemplateResponse(
        request,
        template_name,
        {
            "head": PageHead(
                title=_("Find a doctor, nurse or other provider"),
                description=_("Search by specialty or name, and meet the people who lead the hospital."),
                path=request.path,
                json_ld=[json_ld.trail((_("People"), request.path))],
                indexed=not filtered,
            ),
            "form": form,
            "name": name,
            "as_typed": as_typed,
            "providers": page.object_list,
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            "address": _address(request),
            "leaders": _leaders() if page.number == 1 and not filtered and not form.errors else [],
            "filtered": filtered,
            "frame": {"lifelines": lifelines()},
        },
    )


def _leaders():
    return Person.objects.published().leaders().select_related("image")


def _address(request):
    """Return the query that every page of the list has, from its "?" on; "" without one."""
    query = request.GET.copy()
    query.pop("page", None)
    for field in [field for field, value in query.items() if not value]:
        del query[field]
    return f"?{query.urlencode()}" if query else ""


def _published_places():
    return Prefetch("locations", Location.objects.published(), to_attr="published_locations")


@require_safe
def person_detail(request, slug):
    """Show one person: what they do, where, and the number to call with its hours."""
    at = instant.now()
    people = Person.objects.visible_to(reader_of(request)).select_related("image", "contact")
    person = get_object_or_404(people, slug=slug)
    contact = person.contact if person.contact and person.contact.is_published_at(at) else None
    called = numbers_of([contact], at)[contact.pk] if contact else None
    # Whether a place is closed for a time is told, not its hours: they say nothing of this person's.
    places = [(place, place_now(place, at, NO_HOURS)) for place in person.locations.published(at)]
    response = TemplateResponse(
        request,
        "directory/person_detail.html",
        {
            "head": PageHead(
                title=person.full_name,
                description=", ".join(person.title_lines) or person.specialties,
                path=request.path,
                image=person.image,
                json_ld=[
                    json_ld.trail((_("People"), reverse("directory:person_list")), (person.full_name, request.path)),
                    _structured(person, contact, [place for place, now in places]),
                ],
            ),
            "person": person,
            "called": called,
            "places": places,
            "services": person.services.published(at),
            "tells_if_open": called and called.open_lines,
        },
    )
    ends = [line.holds_until for line in called.open_lines] if called else []
    return kept_until_first([*ends, *(now.until for place, now in places)], response)


def _structured(person, contact, places):
    """Return who gives care as a physician, and who only leads as a person."""
    telephone = contact.telephone if contact else None
    path = person.get_absolute_url()
    if not person.provider:
        return json_ld.person(
            name=person.full_name, path=path, job_titles=person.title_lines, telephone=telephone, image=person.image
        )
    return json_ld.physician(
        name=person.full_name,
        path=path,
        specialties=person.specialty_list,
        telephone=telephone,
        image=person.image,
        npi=person.npi,
        languages=person.language_list,
        accepting_new_patients=person.accepting_new_patients,
        locations=[address_of(place) for place in places],
    )
