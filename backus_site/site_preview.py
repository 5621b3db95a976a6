"""The staff's screen that shows any page of the site as it will be at a day and time."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from publishing.preview import SITE, Preview, instant_from


def screen(admin_site, request):
    """Show the page at `path` as of `at`, on a phone and on a desktop."""
    path = request.GET.get("path", "/")
    wrong_path = (
        not path.startswith("/") or path.startswith(("//", "/admin/")) or not path.isprintable() or "\\" in path
    )
    at = instant_from(request.GET.get("at", ""))
    shown = Preview(SITE, None, at)
    context = {
        **admin_site.each_context(request),
        "title": _("See the site at another time"),
        "path": path,
        "at": at,
        "wrong_path": wrong_path,
        "wrong_time": bool(request.GET.get("at")) and at is None,
        "address": "" if wrong_path else f"{path.partition('?')[0].partition('#')[0]}?{shown.query}",
    }
    return TemplateResponse(request, "admin/desk/site_preview.html", context)
