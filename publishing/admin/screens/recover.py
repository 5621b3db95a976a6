"""The list of what was deleted of one kind, and the way back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ... import audit, drafting, history
from ...models import AuditEntry
from ...row_numbers import row_number
from ...snapshots import CannotApplyError
from .. import people

PER_PAGE = 50


def screen(admin, request):
    """List the deleted things of this model; recover the posted one, with its parts and pictures, as a draft."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    deleted = history.deleted(admin.model)
    if request.method == "POST":
        version = deleted.filter(pk=row_number(request.POST.get("version", ""))).first()
        if version is None:
            messages.error(request, _("It is not among the deleted ones any more."))
            return HttpResponseRedirect(admin.url("recover"))
        try:
            thing = drafting.recover(admin.model, int(version.object_id), version.revision, user=request.user)
        except CannotApplyError as error:
            messages.error(request, _("It could not be recovered: %(why)s") % {"why": error})
            return HttpResponseRedirect(admin.url("recover"))
        audit.record(AuditEntry.Action.RECOVERED, user=request.user, thing=thing)
        messages.success(request, _("“%(title)s” is back, as a draft.") % {"title": thing})
        return HttpResponseRedirect(admin.url("change", thing.pk))
    page = Paginator(deleted, PER_PAGE).get_page(request.GET.get("page"))
    for version in page:
        version.who = people.name_of(version.revision.user)
    return TemplateResponse(
        request,
        "admin/desk/recover.html",
        {
            **admin.admin_site.each_context(request),
            "opts": admin.opts,
            "title": _("Recover what was deleted"),
            "page": page,
        },
    )
