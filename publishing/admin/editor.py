"""What every editor's screen has in common: the strict policy, the browser's own date picker."""

from django.contrib import admin
from django.db import models
from django.forms import DateTimeField, DateTimeInput
from js_asset import Media, Script


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
