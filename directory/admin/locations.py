"""The screens of the hospital's places."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from publishing.admin import PublishableAdmin

from ..hours_inlines import SpecialHoursInline, WeeklyHoursInline
from ..models import Location, LocationPhoto, OperatingStatus
from . import status_screen


class NotAsUsualFilter(admin.SimpleListFilter):
    """Find the places that do not work as usual, and those of which somebody should say anew how they work."""

    title = _("operating status")
    parameter_name = "works"

    def lookups(self, request, model_admin):
        return [("unusual", _("Not as usual now")), ("ended", _("Status has ended")), *OperatingStatus.choices]

    def queryset(self, request, queryset):
        ended = Q(status_until__lte=timezone.now()) & ~Q(status=OperatingStatus.NORMAL)
        if self.value() == "ended":
            return queryset.filter(ended)
        if self.value() == "unusual":
            return queryset.exclude(ended).exclude(status=OperatingStatus.NORMAL)
        if self.value() == OperatingStatus.NORMAL:
            return queryset.filter(ended | Q(status=OperatingStatus.NORMAL))
        return (
            queryset.filter(status=self.value()).exclude(ended) if self.value() in OperatingStatus.values else queryset
        )


class TownFilter(admin.SimpleListFilter):
    title = _("town")
    parameter_name = "town"

    def lookups(self, request, model_admin):
        towns = Location.objects.exclude(city="").order_by("city").values_list("city", flat=True).distinct()
        return [(town, town) for town in towns]

    def queryset(self, request, queryset):
        return queryset.filter(city=self.value()) if self.value() else queryset


class LocationPhotoInline(admin.TabularInline):
    model = LocationPhoto
    extra = 0
    fields = ["position", "image", "caption"]
    autocomplete_fields = ["image"]


@admin.register(Location)
class LocationAdmin(PublishableAdmin):
    """Its operating status has a screen of its own: it is no part of the page's text, and waits for no draft."""

    change_form_template = "admin/directory/location_form.html"
    screens = {**PublishableAdmin.screens, "operating_status": status_screen}
    list_display = ["name", "city", "operating_status", "has_emergency_department", "publication"]
    list_filter = [NotAsUsualFilter, "has_emergency_department", TownFilter]
    search_fields = ["name", "also_known_as", "city", "street"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["contacts", "image"]
    inlines = [WeeklyHoursInline, SpecialHoursInline, LocationPhotoInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "also_known_as", "summary", "body", "image", "position"]}),
        (_("Address"), {"fields": ["street", ("city", "state", "postal_code")]}),
        (
            _("Coming and finding the way in"),
            {
                "fields": ["directions", "parking", "transport", "entrances", "accessibility"],
                "description": _("Leave empty what you do not know: the page says nothing of it."),
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

    @admin.display(description=_("operating status"), ordering="status")
    def operating_status(self, location):
        """Show what visitors see, and lead to where it is changed."""
        now = timezone.now()
        status = location.status_at(now)
        ended = "" if status == location.status else _(" (the status has ended)")
        return format_html(
            '<a class="state state--{}" href="{}">{}</a>{}',
            "live" if status == OperatingStatus.NORMAL else "scheduled" if status.has_doors_open else "expired",
            self.address(location, "operating_status"),
            status.label,
            ended,
        )
