"""The screens for pictures and films."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Image, Video
from ..tasks import request_renditions
from .editor import EditorAdmin
from .publishable import PublishableAdmin

EMPTY = "—"


@admin.register(Image)
class ImageAdmin(EditorAdmin):
    list_display = ["title", "alternative_text", "decorative", "size", "created_at"]
    list_filter = ["decorative", "created_at"]
    search_fields = ["title", "alternative_text", "credit"]
    date_hierarchy = "created_at"
    fieldsets = [
        (None, {"fields": ["title", "file", "file_ppoi"]}),
        (_("For people who cannot see it"), {"fields": ["alternative_text", "decorative"]}),
        (_("Rights"), {"fields": ["credit"]}),
    ]

    @admin.display(description=_("size in pixels"))
    def size(self, obj):
        return f"{obj.file_width} × {obj.file_height}" if obj.file_width else EMPTY

    def save_model(self, request, obj, form, change):
        if {"file", "file_ppoi"} & set(form.changed_data):
            obj.renditions_made_at = None
        super().save_model(request, obj, form, change)
        request_renditions(obj)


@admin.register(Video)
class VideoAdmin(PublishableAdmin):
    list_display = ["title", "publication", "published_at"]
    search_fields = ["title", "text", "transcript"]
    autocomplete_fields = ["poster"]
    fieldsets = [
        (None, {"fields": ["title", "text"]}),
        (_("Film"), {"fields": ["file", "poster", "captions", "silent", "transcript"]}),
        PublishableAdmin.PUBLICATION,
    ]
