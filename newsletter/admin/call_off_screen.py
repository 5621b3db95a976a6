"""The screen on which a newsletter that is scheduled is called off: it becomes a draft again, and nothing is mailed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from publishing import drafting
from publishing.admin.desk import show
from publishing.models import State

from ..models import Issue

ROUTE = "call-off/"


def screen(admin, request, issue):
    """Ask, and call it off; say so where it is too late or was not scheduled."""
    if not admin.has_publish_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        if _call_off(issue, request.user):
            messages.success(request, _("“%(title)s” is called off: it is a draft again.") % {"title": issue})
        else:
            messages.error(request, _("It is not scheduled, so there is nothing to call off."))
        return HttpResponseRedirect(admin.address(issue, "change"))
    scheduled = issue.state_at() == State.SCHEDULED
    return show(admin, request, issue, "admin/newsletter/call_off.html", _("Call off"), scheduled=scheduled)


@transaction.atomic
def _call_off(issue, user):
    """Call it off, and return whether it was still scheduled: its mailing begins with the same row locked."""
    issue = Issue.objects.select_for_update(of=("self",)).filter(pk=issue.pk).first()
    if issue is None or issue.state_at() != State.SCHEDULED:
        return False
    drafting.unpublish(issue, user=user, note=_("Called off"), in_error=True)
    return True
