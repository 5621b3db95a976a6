"""The café's menu: this week's, and each week's at an address of its own."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from publishing import instant, json_ld
from publishing.caching import kept_until
from publishing.head import PageHead
from publishing.local_time import day_after, local_midnight
from publishing.reader import reader_of

from ..cafe import days_of, this_week, weeks_by_month
from ..models import Allergen, CafeMenu


@require_safe
def menu(request):
    """Show this week's menu; until it is there, say so, and show the last one as past."""
    at = instant.now()
    shown = this_week(at)
    head = PageHead(
        title=_("Café menu"),
        description=_("What the café cooks this week, with allergens."),
        path=request.path,
        json_ld=[json_ld.trail((_("Café menu"), request.path))],
    )
    return _page(request, head, shown.menu, at, is_past=shown.is_past, coming=shown.coming, is_front=True)


@require_safe
def week(request, day):
    """Show the menu of the week that begins on the Monday `day`, a date in ISO 8601."""
    try:
        monday = date.fromisoformat(day)
    except ValueError as error:
        raise Http404(_("There is no such day.")) from error
    at = instant.now()
    menus = CafeMenu.objects.visible_to(reader_of(request), at).with_dishes()
    found = get_object_or_404(menus, week=monday)
    title = _("Café menu, week of %(day)s") % {"day": date_format(monday, "DATE_FORMAT")}
    trail = json_ld.trail((_("Café menu"), reverse("cafe:menu")), (title, request.path))
    head = PageHead(title=title, path=request.path, json_ld=[trail])
    return _page(request, head, found, at, is_past=found.last_day < localdate(at))


def _page(request, head, menu, at, *, is_past, coming=(), is_front=False):
    response = TemplateResponse(
        request,
        "news/cafe_menu.html",
        {
            "head": head,
            "menu": menu,
            "days": days_of(menu, at) if menu else [],
            "is_past": is_past,
            "is_front": is_front,
            "coming": coming,
            "allergens": Allergen.labels,
            "months": weeks_by_month(at),
        },
    )
    # What is marked as today is so until midnight at the hospital.
    return kept_until([local_midnight(day_after(localdate(at)))], response)
