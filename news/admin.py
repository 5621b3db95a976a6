"""The news editors' screens."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin import EditorAdmin, PublishableAdmin

from .models import Article, Topic


@admin.register(Topic)
class TopicAdmin(EditorAdmin):
    list_display = ["name", "description"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["services"]


@admin.register(Article)
class ArticleAdmin(PublishableAdmin):
    list_display = ["headline", "publication", "published_at", "byline"]
    list_filter = ["topics", "published_at"]
    search_fields = ["headline", "summary", "byline"]
    prepopulated_fields = {"slug": ["headline"]}
    autocomplete_fields = ["topics", "image"]
    fieldsets = [
        (None, {"fields": ["headline", "slug", "summary", "body"]}),
        (_("Writer"), {"fields": ["byline", "byline_title"]}),
        (_("Topics and picture"), {"fields": ["topics", "image", "caption"]}),
        PublishableAdmin.PUBLICATION,
    ]
