"""Throwing away the draft beside a live page, after a question."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from ... import drafting
from ..desk import show

ROUTE = "discard/"


def screen(admin, request, thing):
    """Ask, and throw the draft away. Its versions stay in the history and can be restored."""
    if not admin.has_change_permission(request, thing):
        raise PermissionDenied
    if request.method == "POST":
        if drafting.discard(thing, user=request.user, seen=request.POST.get("seen", "")):
            messages.success(request, _("The draft is thrown away. Its versions are still in the history."))
        else:
            messages.warning(
                request, _("Nothing is thrown away: the draft is gone, or somebody has saved it since you were asked.")
            )
        return HttpResponseRedirect(admin.address(thing, "change"))
    title, draft = _("Throw the draft away"), drafting.draft_of(thing)
    return show(admin, request, thing, "admin/desk/discard.html", title, draft=draft)
