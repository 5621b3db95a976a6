"""The screens for pages and their blocks, alerts, promotions and menus."""

from content_editor.admin import ContentEditor
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin import PublishableAdmin
from publishing.admin.blocks import inline_for

from .models import BLOCK_TYPES, Block, MenuItem, Page, Promotion, SiteAlert

# Names in the icon font that comes with the block editor.
ICONS = {
    Block.Kind.TEXT: "notes",
    Block.Kind.PICTURE: "image",
    Block.Kind.FIGURE: "tag",
    Block.Kind.STORY: "article",
    Block.Kind.VIDEO: "movie",
    Block.Kind.DOCUMENT: "description",
    Block.Kind.PROMOTION: "campaign",
    Block.Kind.CARE_OPTION: "emergency",
    Block.Kind.NEWS: "newspaper",
    Block.Kind.EVENTS: "event",
    Block.Kind.SECTION: "web",
}


@admin.register(Page)
class PageAdmin(PublishableAdmin, ContentEditor):
    list_display = ["title", "get_absolute_url", "language", "publication", "changed_at"]
    list_filter = ["language"]
    search_fields = ["title", "path", "description"]
    autocomplete_fields = ["image"]
    inlines = [inline_for(block_type, ICONS[block_type.KIND]) for block_type in BLOCK_TYPES]
    fieldsets = [
        (None, {"fields": ["title", "path", "lead"]}),
        (
            _("For search engines and shared links"),
            {"fields": ["description", "image", "language"], "classes": ["collapse"]},
        ),
        PublishableAdmin.PUBLICATION,
    ]


@admin.register(SiteAlert)
class SiteAlertAdmin(PublishableAdmin):
    list_display = ["heading", "severity", "publication", "published_at", "expires_at"]
    list_filter = ["severity"]
    search_fields = ["heading", "text"]
    fieldsets = [
        (None, {"fields": ["heading", "text", "severity", "by_mail"]}),
        (_("Link"), {"fields": [("link_label", "link_address")]}),
        PublishableAdmin.PUBLICATION,
    ]


@admin.register(Promotion)
class PromotionAdmin(PublishableAdmin):
    list_display = ["title", "sponsor", "publication", "expires_at"]
    search_fields = ["title", "sponsor"]
    autocomplete_fields = ["image"]
    fieldsets = [
        (None, {"fields": ["title", "text", "footnote", "sponsor", "image"]}),
        (_("Link"), {"fields": [("link_label", "link_address")]}),
        PublishableAdmin.PUBLICATION,
    ]


@admin.register(MenuItem)
class MenuItemAdmin(admin.ModelAdmin):
    list_display = ["label", "menu", "address", "position"]
    list_editable = ["position"]
    list_filter = ["menu"]
    search_fields = ["label", "address"]
