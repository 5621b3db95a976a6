"""The phone list on paper, and the code on it that leads back to the list as it is now."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from publishing import instant, json_ld
from publishing.caching import kept_until
from publishing.head import PageHead, absolute
from publishing.paging import page_of

from ..contact_sections import ContactSection, contact_sections, in_keepers_order, section_named, sections_with_totals
from ..entries import entries
from ..lifelines import lifelines
from ..models import Contact
from ..opening import end_of_day, local_day
from ..qr_code import qr_code

ON_ONE_PAGE = 600  # contacts of one section; a longer one is printed in several goes


@require_safe
@conditional_page
def contact_print(request):
    """Show the phone list in large print for paper: all sections on one sheet, or one of them, larger still."""
    at = instant.now()
    known = lifelines()
    page = section = None
    if "section" in request.GET:
        sections = sections_with_totals(at)
        section = section_named(request.GET, sections)
        if section is None:
            raise Http404(_("There is no such section of the contact directory."))
        contacts = in_keepers_order(Contact.objects.published(at).filter(section=section))
        page = page_of(request, contacts, ON_ONE_PAGE)
        told = entries(page.object_list, at, known.main)
        sheet = [ContactSection(section.name, section.slug, section.total, told)]
    else:
        sheet = sections = contact_sections(at, known.main)
    title = _("Phone list: %(section)s") % {"section": section.name} if section else _("Phone list")
    response = TemplateResponse(
        request,
        "directory/contact_print.html",
        {
            "head": PageHead(
                title=title,
                path=request.path,
                json_ld=[
                    json_ld.trail((_("Contact directory"), reverse("directory:contact_list")), (title, request.path))
                ],
                indexed=section is None,
            ),
            "title": title,
            "section": section,
            "sheet": sheet,
            "sections": sections,
            "has_checks": any(entry.checked for each in sheet for entry in each.entries),
            "today": local_day(at),
            "address_shown": f"{urlsplit(settings.SITE_URL).netloc}{reverse('directory:contact_list')}",
            "page": page,
            "pages": page and page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            "address": f"?section={section.slug}" if section else "",
            "frame": {"lifelines": known},
        },
    )
    return kept_until([end_of_day(at)], response)


@require_safe
@conditional_page
def contact_code(request):
    """Send the QR code that opens the phone list."""
    response = HttpResponse(qr_code(absolute(reverse("directory:contact_list"))), content_type="image/svg+xml")
    patch_cache_control(response, public=True, max_age=24 * 60 * 60)
    return response
