from django.contrib import admin

from publishing.admin import EditorAdmin

from ..models import Topic


@admin.register(Topic)
class TopicAdmin(EditorAdmin):
    list_display = ["name", "description"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["services"]
