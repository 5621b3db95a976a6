"""The screen of a post: what it says, whose it is, and what stands around it."""

from content_editor.admin import ContentEditor
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.admin import PublishableAdmin
from publishing.admin.blocks import inline_for

from ..models import BLOCK_TYPES, Article, Block

# Names in the icon font that comes with the block editor.
ICONS = {
    Block.Kind.TEXT: "notes",
    Block.Kind.PICTURE: "image",
    Block.Kind.GALLERY: "photo_library",
    Block.Kind.QUOTE: "format_quote",
    Block.Kind.VIDEO: "movie",
    Block.Kind.DOCUMENT: "description",
    Block.Kind.FACTS: "fact_check",
    Block.Kind.RELATED: "arrow_forward",
    Block.Kind.CONTACT: "call",
}


@admin.register(Article)
class ArticleAdmin(PublishableAdmin, ContentEditor):
    list_display = ["headline", "kind", "publication", "published_at", "byline"]
    list_filter = ["kind", "topics", "published_at"]
    show_full_result_count = False
    search_fields = ["headline", "summary", "byline"]
    prepopulated_fields = {"slug": ["headline"]}
    autocomplete_fields = ["topics", "locations", "authors", "image", "share_image", "media_contact"]
    radio_fields = {"kind": admin.HORIZONTAL}
    inlines = [inline_for(block_type, ICONS[block_type.KIND]) for block_type in BLOCK_TYPES]
    formfield_overrides = {**PublishableAdmin.formfield_overrides, models.URLField: {"assume_scheme": "https"}}
    fieldsets = [
        (None, {"fields": ["headline", "slug", "kind", "summary", "body"]}),
        (
            _("Who wrote it"),
            {"fields": ["authors", ("byline", "byline_title"), ("source", "source_address"), "language"]},
        ),
        (_("Where it belongs"), {"fields": ["topics", "locations", "featured_until"]}),
        (_("Picture and sharing"), {"fields": ["image", "caption", "share_image"]}),
        (
            _("Changed after it was published"),
            {
                "fields": ["updated_on", "correction"],
                "description": _("Readers see both at the top of the post. Small mends of spelling need neither."),
            },
        ),
        (
            _("For journalists"),
            {
                "fields": ["media_contact", "embargoed"],
                "description": _(
                    "Of a press release. One under embargo is kept from everybody without an account until the "
                    "instant at which it is published: choose that under “Publish…”."
                ),
            },
        ),
        PublishableAdmin.PUBLICATION,
    ]
