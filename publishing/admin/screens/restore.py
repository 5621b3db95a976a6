"""Making an old version the newest draft again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.translation import gettext as _

from ... import audit, drafting, history
from ...models import AuditEntry
from ...snapshots import CannotApplyError, TakenError

ROUTE = "restore/"


def screen(admin, request, thing):
    """Restore the posted revision of `thing`: as its draft, so that nothing changes for visitors yet."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not admin.has_change_permission(request, thing):
        raise PermissionDenied
    version = history.version_of(thing, request.POST.get("revision", ""))
    if version is None:
        messages.error(request, _("There is no such version."))
        return HttpResponseRedirect(admin.address(thing, "history"))
    at_once = not getattr(admin, "drafts_beside", True)
    try:
        saved = drafting.restore(thing, version.revision, user=request.user, at_once=at_once)
    except TakenError as error:
        messages.error(request, _("It could not be restored: %(why)s.") % {"why": error})
        return HttpResponseRedirect(admin.address(thing, "history"))
    except CannotApplyError as error:
        messages.error(request, _("It needs something that was deleted: %(what)s.") % {"what": error})
        return HttpResponseRedirect(admin.address(thing, "history"))
    if saved.set_aside is not None:  # somebody has saved it in this very moment
        return HttpResponseRedirect(admin.address(thing, "merge", saved.set_aside.pk))
    audit.record(AuditEntry.Action.RESTORED, user=request.user, thing=thing)
    if saved.draft is None:
        messages.success(request, _("The old version is the newest again. Visitors see it so from now on."))
    else:
        messages.success(request, _("The old version is the draft now. Look at it, then publish it."))
    return HttpResponseRedirect(admin.address(thing, "change"))
