from django.conf import settings
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from ertimes.caching import kept_no_longer_than
from publishing import json_ld
from publishing.head import PageHead
from publishing.reader import reader_of

from .composition import compose
from .models import Page


@require_safe
@conditional_page
def home(request):
    """Show the home page."""
    page = _page_or_none(request, "")
    if page is None:
        page = Page(title=settings.SITE_NAME)  # a new site, before anybody has made its home page
        return _show(request, page, "pages/home.html", composition=None)
    return _show(request, page, "pages/home.html", compose(page))


@require_safe
@conditional_page
def standing_page(request, path):
    """Show the standing page at `path`. Raises Http404 where there is none."""
    page = _page_or_none(request, path)
    if page is None:
        raise Http404(_("There is no such page."))
    return _show(request, page, "pages/page.html", compose(page))


def _page_or_none(request, path):
    if "\x00" in path or len(path) > 200:
        return None
    pages = Page.objects.visible_to(reader_of(request)).filter(path=path)
    return pages.in_language(get_language()).select_related("image").first()


def _show(request, page, template_name, composition):
    structured = [json_ld.hospital()]
    if not page.path:
        structured.append(json_ld.website(search_path=reverse("search:search")))
    else:
        structured.append(json_ld.trail((page.title, page.get_absolute_url())))
    response = TemplateResponse(
        request,
        template_name,
        {
            "head": PageHead(
                title=page.title if page.path else "",
                description=page.description,
                path=page.get_absolute_url(),
                translated=True,
                image=page.image,
                json_ld=structured,
            ),
            "page": page,
            "groups": composition.groups if composition else [],
            "content_language": page.language,
            "shows_waits": composition is not None and composition.waits is not None,
        },
    )
    if composition is not None and composition.waits is not None:
        return kept_no_longer_than(composition.waits, response)
    return response
