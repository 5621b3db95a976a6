"""Making an old version the newest draft again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.translation import gettext as _

from ... import audit, drafting, history
from ...models import AuditEntry
from ...snapshots import CannotApplyError

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
    try:
        drafting.restore(thing, version.revision, user=request.user)
    except CannotApplyError as error:
        messages.error(request, _("It needs something that was deleted: %(what)s.") % {"what": error})
        return HttpResponseRedirect(admin.address(thing, "history"))
    audit.record(AuditEntry.Action.RESTORED, user=request.user, thing=thing)
    messages.success(request, _("The old version is the draft now. Look at it, then publish it."))
    return HttpResponseRedirect(admin.address(thing, "change"))
