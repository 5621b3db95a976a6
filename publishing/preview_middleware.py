"""Makes the page of a preview, and keeps it out of every cache and every search engine."""

from csp.constants import SELF
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from .head import PageHead
from .preview import PARAMETER, Staged, preview_of

SAFE = ("GET", "HEAD")


def preview(get_response):
    """Answer an address with ?preview= as it will be. It comes last, behind the session and the language."""

    def middleware(request):
        if PARAMETER not in request.GET or request.path.startswith("/admin/"):
            return get_response(request)
        if request.method not in SAFE:
            return _private(HttpResponseNotAllowed(SAFE))
        asked = preview_of(request)
        if asked is None:
            return _closed(request)
        with Staged(asked) as staged:
            # A shared link shows the one page that somebody chose to share, and none that is under embargo.
            if asked.link is not None and (staged.embargoed or request.path != staged.path):
                return _closed(request)
            request.preview = asked
            response = get_response(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        return _private(response)

    return middleware


def _closed(request):
    head = PageHead(title=_("This preview is not open"), path=request.path, indexed=False)
    response = TemplateResponse(request, "publishing/preview_closed.html", {"head": head}, status=404)
    return _private(response.render())


def _private(response):
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"  # the address is the key
    response["X-Frame-Options"] = "SAMEORIGIN"  # the editors' screen shows it at two widths
    response._csp_replace = {"frame-ancestors": [SELF]}
    return response
