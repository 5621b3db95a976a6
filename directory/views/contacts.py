"""The phone list, and the box that finds a contact as one types."""

from django.db.models import Prefetch
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from publishing.head import PageHead
from search.live_box import live_box

from ..lifelines import lifelines
from ..models import Contact, Section
from .trail import trail


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
                json_ld=[trail((_("Contact directory"), request.path))],
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
