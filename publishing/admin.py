"""The editors' screens for pictures and films, and what every publishing screen has in common."""

from django.contrib import admin
from django.db import models
from django.forms import DateTimeField, DateTimeInput
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from js_asset import Media, Script

from .models import Image, State, Video
from .tasks import request_renditions

EMPTY = "—"


class LocalDateTimeInput(DateTimeInput):
    """The browser's own date and time picker."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class EditorAdmin(admin.ModelAdmin):
    """A screen under the strict policy: the import map and scripts of its media carry the request's nonce."""

    formfield_overrides = {
        models.DateTimeField: {"form_class": DateTimeField, "widget": LocalDateTimeInput},
    }
    list_per_page = 50
    save_on_top = True

    class Media:
        js = [Script("js/admin/blocks-by-keyboard.js", type="module")]

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)


class StateFilter(admin.SimpleListFilter):
    """Filter a list by the state that a visitor would find things in now."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value()) if self.value() in State.values else queryset


class PublishableAdmin(EditorAdmin):
    """Gives the column of the state and its filter. `PUBLICATION` is the fieldset of the two instants."""

    PUBLICATION = (
        _("Publication"),
        {
            "fields": ["published_at", "expires_at"],
            "description": _(
                "Times are the hospital's own (Eastern time). Without a publishing time this is a draft; "
                "with one in the future it appears by itself."
            ),
        },
    )

    def get_list_filter(self, request):
        return [StateFilter, *super().get_list_filter(request)]

    @admin.display(description=_("state"), ordering="published_at")
    def publication(self, obj):
        """Show what a visitor finds now, as a word with its colour."""
        state = obj.state_at()
        return format_html('<span class="state state--{}">{}</span>', state.value, state.label)


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
