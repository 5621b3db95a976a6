"""The screen of the days on which the hospital's offices are closed."""

from django.contrib import admin

from publishing.admin import EditorAdmin

from ..models import Holiday


@admin.register(Holiday)
class HolidayAdmin(EditorAdmin):
    list_display = ["day", "name"]
    search_fields = ["name"]
