from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin import PublishableAdmin

from ..models import TextAlert


@admin.register(TextAlert)
class TextAlertAdmin(PublishableAdmin):
    """What the pages about text messages say. The messages themselves are sent by another service."""

    list_display = ["name", "keyword", "short_code", "publication", "changed_at"]
    search_fields = ["name", "keyword", "short_code"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", ("keyword", "short_code"), "what", "how_often"]}),
        (_("What must stand beside it"), {"fields": ["rates", "stop", "help", "terms", "privacy"]}),
        (_("In the list"), {"fields": ["position"]}),
        PublishableAdmin.PUBLICATION,
    ]
