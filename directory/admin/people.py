"""The screens of the hospital's people."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin import PublishableAdmin

from ..models import Person


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
