"""The screens of the hospital's places."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin import PublishableAdmin

from ..hours_inlines import SpecialHoursInline, WeeklyHoursInline
from ..models import Location, LocationPhoto


class LocationPhotoInline(admin.TabularInline):
    model = LocationPhoto
    extra = 0
    fields = ["position", "image", "caption"]
    autocomplete_fields = ["image"]


@admin.register(Location)
class LocationAdmin(PublishableAdmin):
    list_display = ["name", "city", "has_emergency_department", "publication"]
    list_filter = ["has_emergency_department", "city"]
    search_fields = ["name", "also_known_as", "city"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["contacts", "image"]
    inlines = [WeeklyHoursInline, SpecialHoursInline, LocationPhotoInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "also_known_as", "summary", "body", "image", "position"]}),
        (_("Operating status"), {"fields": ["status", "status_note", "status_until"]}),
        (
            _("Address"),
            {
                "fields": [
                    "street",
                    ("city", "state", "postal_code"),
                    *("directions", "parking", "entrances", "accessibility", "transport"),
                ]
            },
        ),
        (
            _("Hours and contact"),
            {
                "fields": ["hours", "hours_note", "contacts", "has_emergency_department"],
                "description": _(
                    "The opening hours of the week and the special days stand at the end of this form. "
                    "A weekday without a line there is closed. A closing time after midnight, such as 2:00 AM, is of "
                    "the next day. All times are the hospital’s own (Eastern time)."
                ),
            },
        ),
        PublishableAdmin.PUBLICATION,
    ]
