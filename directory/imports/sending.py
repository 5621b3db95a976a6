"""The screen that sends the contacts which a list shows, as a file."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from publishing.audit import record_export

from ..models import Contact
from .lines_out import content_of

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export_csv(admin, request):
    """Send a CSV file, in UTF-8 with the mark by which Excel knows it."""
    return _export(admin, request, "csv")


def export_xlsx(admin, request):
    """Send an Excel workbook."""
    return _export(admin, request, "xlsx")


def _export(admin, request, form):
    """Send the contacts that the list's filters, which are in the address, choose; of live ones what visitors see."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    try:
        chosen = admin.get_changelist_instance(request).queryset
    except IncorrectLookupParameters:
        return HttpResponseRedirect(admin.url("changelist"))
    keys = set(chosen.values_list("pk", flat=True))
    contacts = [each for each in Contact.objects.with_numbers().select_related("section") if each.pk in keys]
    content = content_of(contacts, form)
    record_export(Contact, rows=len(contacts), user=request.user)
    name = f"contacts-{timezone.localdate().isoformat()}.{form}"
    return HttpResponse(
        content, content_type=_TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
