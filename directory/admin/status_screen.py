"""The screen on which a keeper says whether a place works as usual."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.admin.desk import show

from ..models import OperatingStatus
from ..operating_status import ChangedMeanwhileError, mark_of, set_status
from ..status_form import OperatingStatusForm

ROUTE = "operating-status/"


def screen(admin, request, thing):
    """Ask for the status and set it; visitors see it at once."""
    if not may_set_status(admin, request, thing):
        raise PermissionDenied
    form = OperatingStatusForm(request.POST or None, initial=_as_it_is(thing))
    if request.method == "POST" and form.is_valid():
        try:
            stored = set_status(thing, **form.cleaned_data, user=request.user)
        except ChangedMeanwhileError:
            messages.error(
                request, _("Somebody has changed the status since you opened this page. Here it is as it is.")
            )
            return HttpResponseRedirect(request.path)
        label = OperatingStatus(stored.status).label
        messages.success(
            request, _("“%(place)s”: visitors see at once “%(status)s”.") % {"place": stored, "status": label}
        )
        return HttpResponseRedirect(admin.url("changelist"))
    return show(
        admin,
        request,
        thing,
        "admin/directory/operating_status.html",
        _("Operating status"),
        form=form,
        status=thing.status_at(timezone.now()),
        has_ended=thing.status != thing.status_at(timezone.now()),
    )


def may_set_status(admin, request, location):
    """Return whether who asks may: what the public sees is for those who may publish."""
    if not admin.has_change_permission(request, location):
        return False
    return location.published_at is None or admin.has_publish_permission(request)


def _as_it_is(location):
    now = location.status_at(timezone.now())
    ended = now != location.status
    return {
        "status": now,
        "note": "" if ended else location.status_note,
        "until": None if ended else location.status_until,
        "seen": mark_of(location),
    }
