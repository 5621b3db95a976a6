"""The screens of the hospital's people."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin import PublishableAdmin

from ..models import Person


@admin.register(Person)
class PersonAdmin(PublishableAdmin):
    list_display = [
        *("full_name", "specialties", "provider", "accepting_new_patients", "telehealth", "leadership_position"),
        "publication",
    ]
    list_filter = ["provider", "accepting_new_patients", "telehealth", "locations"]
    search_fields = ["name", "title", "specialties", "languages", "npi"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["locations", "contact", "image"]
    fieldsets = [
        (None, {"fields": ["name", "sort_name", "slug", "credentials", "title", "image", "biography"]}),
        (
            _("Care"),
            {
                "fields": ["provider", "npi", "specialties", "languages", "accepting_new_patients", "telehealth"],
                "description": _(
                    "Write a specialty and a language as they stand with the other people: patients choose from a list "
                    "of all that are written here."
                ),
            },
        ),
        (_("Where and whom to call"), {"fields": ["locations", "contact"]}),
        (_("Leadership"), {"fields": ["leadership_position"]}),
        PublishableAdmin.PUBLICATION,
    ]

    @admin.display(description=_("name"), ordering="sort_name")
    def full_name(self, person):
        return person.full_name
