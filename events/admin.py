"""The events coordinator's screens."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin import PublishableAdmin

from .models import Event


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    list_display = ["title", "first_day", "start_time", "timing", "location", "publication"]
    list_filter = ["timing", "online", "location"]
    list_select_related = ["location"]
    search_fields = ["title", "summary", "place"]
    date_hierarchy = "first_day"
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["location", "services", "contact", "image"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "body", "image"]}),
        (
            _("When"),
            {
                "fields": ["timing", ("first_day", "start_time"), ("last_day", "end_time")],
                "description": _("All times are the hospital's own (Eastern time)."),
            },
        ),
        (_("Where"), {"fields": ["online", "location", "place"]}),
        (_("Who and how"), {"fields": ["audience", "price", "sign_up", "contact", "services"]}),
        PublishableAdmin.PUBLICATION,
    ]
