"""The audit log as it is read: by whoever may view it, and changed by nobody."""

import csv

from django.contrib import admin
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..audit import record_export
from ..models import AuditEntry
from ..spreadsheet_cells import plain_cell

COLUMNS = ["at", "action", "user_pk", "user_name", "thing_model", "thing_pk", "thing_title", "details"]


class Echo:
    """A file that hands back what is written to it, so that csv can write line by line."""

    def write(self, text):
        return text


def csv_lines(entries):
    """Yield the lines of a CSV file of `entries`, times in UTC; no cell is a formula."""
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)  # the mark tells a spreadsheet that it is UTF-8
    for row in entries.values_list(*COLUMNS).iterator(chunk_size=1000):
        yield writer.writerow([row[0].isoformat(timespec="seconds"), *map(plain_cell, row[1:])])


class KindFilter(admin.AllValuesFieldListFilter):
    """Filter by the kind of thing, with a name for the entries that are about none, such as a sign-in."""

    def choices(self, changelist):
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or _("(none)")}


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    list_display = ["at", "action", "who", "thing_model", "thing_title", "details"]
    list_filter = ["action", ("thing_model", KindFilter)]
    search_fields = ["user_name", "thing_title", "details"]
    search_help_text = _("Name of a person, title of a thing, or a word of the details.")
    date_hierarchy = "at"
    list_per_page = 100
    show_full_result_count = False
    actions = ["export"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("who"), ordering="user_name")
    def who(self, obj):
        return obj.user_name or _("the system")

    @admin.action(description=_("Export as a CSV file"), permissions=["view"])
    def export(self, request, queryset):
        """Send the chosen entries as a file. That they were exported is an entry itself."""
        record_export(AuditEntry, rows=queryset.count(), user=request.user)
        day = timezone.localdate().isoformat()
        response = StreamingHttpResponse(csv_lines(queryset), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="audit-log-{day}.csv"'
        return response
