"""The screen “Try a search”: what a visitor sees, and why it stands in that order."""

from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from publishing.permissions import may

from ..editor_forms import TryForm
from ..models import BestBet, LayWord, MissedSearch
from ..trying import attempt

MOST_SHOWN = 20


def may_try(user):
    """Return whether `user` has to do with the search at all."""
    return any(may(user, "view", model) for model in (LayWord, BestBet, MissedSearch))


def screen(admin, request):
    """Show the results of `q` for a visitor in `language`, each with its points."""
    if not may_try(request.user):
        raise PermissionDenied
    form = TryForm(request.GET)
    form.is_valid()
    query = form.cleaned_data["q"]
    language = form.cleaned_data["language"]
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Try a search"),
        "form": form,
        "query": query,
        "trial": attempt(query, language, among_best=MOST_SHOWN) if query else None,
        "may_bet": may(request.user, "add", BestBet),
        "may_add_words": may(request.user, "add", LayWord),
    }
    return TemplateResponse(request, "admin/search/try.html", context)
