"""The screens for readings."""

from django.contrib import admin
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from publishing.admin import EditorAdmin

from ..models import Source, WaitTimeReading


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
        obj.source = Source.STAFF
        obj.entered_by = request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=_("minutes"))
    def minutes(self, reading):
        return reading.minutes
