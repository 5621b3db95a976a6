"""The screens for emergency departments and their readings."""

from django.contrib import admin
from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing.admin import EditorAdmin, PublishableAdmin

from .models import EmergencyDepartment, WaitTimeReading
from .waits import Freshness, wait_of

SHOWN = {
    Freshness.FRESH: _("%(minutes)d min"),
    Freshness.LAST_REPORTED: _("%(minutes)d min, getting old"),
    Freshness.UNAVAILABLE: _("no wait shown"),
}


@admin.register(EmergencyDepartment)
class EmergencyDepartmentAdmin(PublishableAdmin):
    drafts_beside = False  # that it is closed must be seen at once

    list_display = ["name", "wait_shown", "status", "location", "publication"]
    list_filter = ["status"]
    list_select_related = ["location"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["location", "contact"]
    fieldsets = [
        (_("Now"), {"fields": ["status", "status_text"]}),
        (_("The department"), {"fields": ["name", "slug", "location", "contact", "position"]}),
        (
            _("What the wait means"),
            {
                "fields": ["start_event", "end_event", "statistic", "window_minutes"],
                "description": _("Printed beside every number. Without it no wait can be shown."),
            },
        ),
        (_("When a wait is too old"), {"fields": ["plain_minutes", "shown_minutes"]}),
        PublishableAdmin.PUBLICATION,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_newest_reading()

    @admin.display(description=_("wait that visitors see"))
    def wait_shown(self, department):
        wait = wait_of(department)
        return format_html(
            '<span class="wait wait--{}">{}</span>',
            wait.freshness,
            SHOWN[wait.freshness] % {"minutes": wait.minutes or 0},
        )


@admin.register(WaitTimeReading)
class WaitTimeReadingAdmin(EditorAdmin):
    """Readings are added, never changed: a wrong one is followed by a right one."""

    list_display = ["department", "observed_at", "minutes", "sample_size", "source", "entered_by"]
    list_filter = ["department", "source", "observed_at"]
    list_select_related = ["department", "entered_by"]
    fields = ["department", "observed_at", "door_to_provider", "sample_size"]

    def has_change_permission(self, request, obj=None):
        return False

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        obj.source = WaitTimeReading.Source.STAFF
        obj.entered_by = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=_("minutes"))
    def minutes(self, reading):
        return reading.minutes
