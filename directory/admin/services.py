"""The screens of what the hospital offers, and where."""

from django.contrib import admin
from django.db.models import Count
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
    list_display = ["name", "places", "telehealth", "publication"]
    list_filter = ["telehealth", "locations"]
    search_fields = ["name", "also_known_as", "conditions", "summary"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["contacts", "people", "related", "image"]
    inlines = [OfferingInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "summary", "body", "image"]}),
        (
            _("For finding it"),
            {
                "fields": ["also_known_as", "conditions", "related"],
                "description": _("Patients rarely know the name. Give the words they would use on the phone."),
            },
        ),
        (
            _("Whom to call"),
            {
                "fields": ["contacts", "people", "telehealth"],
                "description": _("Where it is offered, and how patients get it there, stands at the end of this form."),
            },
        ),
        PublishableAdmin.PUBLICATION,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(place_count=Count("offerings"))

    @admin.display(description=_("places"), ordering="place_count")
    def places(self, service):
        return service.place_count
