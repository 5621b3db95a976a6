"""The screens of what the hospital offers, and where."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin import PublishableAdmin

from ..models import Offering, Service


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
