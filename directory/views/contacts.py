"""The phone list, and the box that finds a contact as one types."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from publishing import instant, json_ld
from publishing.head import PageHead
from publishing.once import once_for
from publishing.paging import page_of
from search.live_box import live_box

from ..contact_sections import SHOWN_AT_ONCE, contact_sections, in_keepers_order, section_named, sections_with_totals
from ..entries import entries
from ..fetched import public_contacts
from ..lifelines import Lifelines, lifelines
from ..models import Contact
from .keeping import kept_while_true

FOUND_AT_ONCE = 12  # contacts: a few screens of a phone; who wants another one types a further word


@dataclass(frozen=True)
class Shown:
    """What the page shows: found `entries`, or `sections`; `lines` are the OpenLines in it."""

    lifelines: Lifelines
    entries: list
    sections: list
    lines: list


@require_safe
@vary_on_headers("HX-Request")
@conditional_page
def contact_list(request):
    """Show the phone list in its sections, or what the box found in it, best first; htmx gets the list alone.

    With `section` in the address it is the whole of that section, page by page.
    """
    box = live_box(request, "contact")
    if box.found is None and "section" in request.GET:
        return _one_section(request, instant.now())
    shown = _found(box, instant.now()) if box.found else _sections(request)
    template_name = "directory/contact_list.html"
    if request.htmx:
        template_name += "#found"
    response = TemplateResponse(
        request,
        template_name,
        {
            "head": PageHead(
                title=_("Contact directory"),
                description=_("Phone numbers of the hospital, its health centers, programs and services."),
                path=request.path,
                json_ld=[json_ld.trail((_("Contact directory"), request.path)), _points_of_contact(shown.lifelines)],
                indexed=not box.text,
            ),
            "box": box,
            "entries": shown.entries,
            "sections": shown.sections,
            "most": FOUND_AT_ONCE,
            "frame": {"lifelines": shown.lifelines},
        },
    )
    return kept_while_true(shown.lines, response)


def _sections(request):
    """Return the Shown of the page on which nothing was typed."""
    return once_for(request, settings.PHONE_LIST_KEPT_FOR, "phone list", _made_sections)


def _made_sections(at):
    known = lifelines()
    sections = contact_sections(at, known.main)
    lines = [line for section in sections for entry in section.entries for line in entry.open_lines]
    return Shown(known, [], sections, lines), [line.holds_until for line in lines]


def _found(box, at):
    """Return the Shown of what the box found; where that is nothing, the sections are named without their contacts."""
    known = lifelines()
    found = public_contacts(box.ids[:FOUND_AT_ONCE], at)
    shown = entries([found[pk] for pk in box.ids if pk in found], at, known.main)
    lines = [line for entry in shown for line in entry.open_lines]
    return Shown(known, shown, [] if shown else sections_with_totals(at), lines)


def _one_section(request, at):
    """Show all contacts of the section that the address names, in pages. Raises Http404 where there is none."""
    sections = sections_with_totals(at)
    section = section_named(request.GET, sections)
    if section is None:
        raise Http404(_("There is no such section of the contact directory."))
    page = page_of(request, in_keepers_order(Contact.objects.published(at).filter(section=section)), SHOWN_AT_ONCE)
    known = lifelines()
    shown = entries(page.object_list, at, known.main)
    parent = (_("Contact directory"), reverse("directory:contact_list"))
    response = TemplateResponse(
        request,
        "directory/contact_section.html",
        {
            "head": PageHead(
                title=section.name,
                path=request.path,
                json_ld=[json_ld.trail(parent, (section.name, f"{request.path}?section={section.slug}"))],
                indexed=False,
            ),
            "section": section,
            "sections": sections,
            "entries": shown,
            "page": page,
            "pages": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            "address": f"?section={section.slug}",
            "frame": {"lifelines": known},
        },
    )
    return kept_while_true([line for entry in shown for line in entry.open_lines], response)


def _points_of_contact(lifelines):
    points = [
        json_ld.contact_point(name=number.contact.name, telephone=number.number.as_e164, about=about)
        for number, about in ((lifelines.main, "customer service"), (lifelines.emergency, "emergency"))
        if number and not number.short_code
    ]
    return json_ld.hospital(contact_points=points)
