"""The screens of the directory's keeper."""

from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from publishing.admin import EditorAdmin, PublishableAdmin

from .hours_inlines import SpecialHoursInline, WeeklyHoursInline
from .models import (
    Contact,
    ContactNumber,
    Holiday,
    Location,
    LocationPhoto,
    Offering,
    Person,
    Section,
    Service,
)


class WorkToDoFilter(admin.SimpleListFilter):
    """Find the contacts that somebody still has to complete."""

    title = _("work to do")
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        return [("name", _("Without a name")), ("number", _("Without a number"))]

    def queryset(self, request, queryset):
        if self.value() == "name":
            return queryset.filter(name="")
        if self.value() == "number":
            return queryset.filter(numbers__isnull=True)
        return queryset


@admin.register(Section)
class SectionAdmin(EditorAdmin):
    list_display = ["name", "position", "contact_count"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(contact_count=Count("contacts"))

    @admin.display(description=_("contacts"))
    def contact_count(self, section):
        return section.contact_count


class ContactNumberInline(admin.TabularInline):
    model = ContactNumber
    extra = 0
    fields = ["position", "kind", "number", "short_code", "label", "spoken_label", "hours"]


@admin.register(Contact)
class ContactAdmin(PublishableAdmin):
    list_display = ["__str__", "section", "position", "numbers_shown", "publication", "source_note"]
    list_filter = [WorkToDoFilter, "section", "role"]
    list_select_related = ["section"]
    search_fields = ["name", "title", "also_known_as", "numbers__number", "source_line"]
    inlines = [ContactNumberInline]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ["source_line"]
    fieldsets = [
        (None, {"fields": ["name", "title", "section", "position"]}),
        (_("For finding it"), {"fields": ["also_known_as", "note", "email", "web", "languages"]}),
        PublishableAdmin.PUBLICATION,
        (_("For staff"), {"fields": ["role", "source_note", "source_line"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_numbers()

    @admin.display(description=_("numbers"))
    def numbers_shown(self, contact):
        return ", ".join(number.displayed for number in contact.numbers.all()) or "—"


@admin.register(Holiday)
class HolidayAdmin(EditorAdmin):
    list_display = ["day", "name"]
    search_fields = ["name"]


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


class OfferingInline(admin.StackedInline):
    model = Offering
    extra = 0
    fields = [
        ("position", "location"),
        ("walk_in", "appointment", "referral"),
        *("how_to_book", "contact", "hours"),
    ]
    autocomplete_fields = ["location", "contact"]


@admin.register(Service)
class ServiceAdmin(PublishableAdmin):
    list_display = ["name", "summary", "publication"]
    list_filter = ["locations"]
    search_fields = ["name", "also_known_as", "summary"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["contacts", "people", "related", "image"]
    inlines = [OfferingInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "also_known_as", "summary", "body", "image"]}),
        (_("For finding it"), {"fields": ["conditions", "related"]}),
        (_("Whom to call"), {"fields": ["contacts", "people", "telehealth"]}),
        PublishableAdmin.PUBLICATION,
    ]


@admin.register(Person)
class PersonAdmin(PublishableAdmin):
    list_display = ["full_name", "title", "specialties", "provider", "leadership_position", "publication"]
    list_filter = ["provider", "accepting_new_patients", "locations"]
    search_fields = ["name", "title", "specialties"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["locations", "contact", "image"]
    fieldsets = [
        (None, {"fields": ["name", "sort_name", "slug", "credentials", "title", "image", "biography"]}),
        (
            _("Care"),
            {
                "fields": [
                    *("provider", "npi", "specialties", "languages", "accepting_new_patients", "telehealth"),
                    *("locations", "contact"),
                ]
            },
        ),
        (_("Leadership"), {"fields": ["leadership_position"]}),
        PublishableAdmin.PUBLICATION,
    ]
