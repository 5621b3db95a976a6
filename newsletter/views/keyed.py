"""Pages that a link from a mail opens: the link is the key, so the pages keep it to themselves."""

from functools import wraps

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from publishing.head import PageHead
from publishing.visitor_forms import visitor_form

from ..links import ForgedLinkError, OldLinkError


def keyed(find, *, without_status=410):
    """Make a view of (request, what `find` returns for the token), which takes GET and POST.

    It says in a sentence where the link is forged or too old. `find` may return None; what that means is for the view.
    No other site and no search engine is told the address: unlike “no-referrer”, “same-origin” lets the
    browser say that a form comes from this site.
    """

    def decorate(view):
        @never_cache
        @visitor_form
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def wrapper(request, token):
            try:
                response = view(request, find(token), token)
            except ForgedLinkError:
                response = no_good(request, _("Not all of this link has come, or it is not ours."), without_status)
            except OldLinkError:
                response = no_good(request, _("This link was good for three days, and they are over."), without_status)
            response["Referrer-Policy"] = "same-origin"
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return wrapper

    return decorate


def page(request, template_name, title, *, status=200, **context):
    """Return a page that no search engine is to keep."""
    head = PageHead(title=title, indexed=False)
    return TemplateResponse(request, template_name, {"head": head, "title": title, **context}, status=status)


def no_good(request, reason, status=410):
    """Say why a link does nothing. 410 where it can be: the paths of pages that are not found are shown to editors."""
    return page(request, "newsletter/link_no_good.html", _("This link does nothing"), reason=reason, status=status)
