"""The form of a newsletter and the list of them."""

from content_editor.admin import ContentEditor
from django.contrib import admin
from django.forms import CheckboxSelectMultiple
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from publishing.admin import PublishableAdmin
from publishing.admin.blocks import inline_for

from ..models import BLOCK_TYPES, Block, Issue, MailingList
from . import call_off_screen, mail_screen, mail_shown_screen, take_down_screen

# Names in the icon font that comes with the block editor.
ICONS = {
    Block.Kind.TEXT: "notes",
    Block.Kind.PICTURE: "image",
    Block.Kind.POST: "article",
    Block.Kind.POSTS: "newspaper",
    Block.Kind.EVENT: "event",
    Block.Kind.EVENTS: "date_range",
    Block.Kind.LINK: "smart_button",
}


@admin.register(Issue)
class IssueAdmin(PublishableAdmin, ContentEditor):
    change_form_template = "admin/newsletter/issue_form.html"
    screens = {
        **PublishableAdmin.screens,
        "mail": mail_screen,
        "mail_shown": mail_shown_screen,
        "call_off": call_off_screen,
        "unpublish": take_down_screen,
    }
    list_display = ["subject", "publication", "published_at", "mailed"]
    list_filter = ["lists", "digest"]
    search_fields = ["subject", "preheader"]
    prepopulated_fields = {"slug": ["subject"]}
    inlines = [inline_for(block_type, ICONS[block_type.KIND]) for block_type in BLOCK_TYPES]
    fieldsets = [
        (None, {"fields": ["subject", "preheader", "lists", "slug"]}),
        PublishableAdmin.PUBLICATION,
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("mailing")

    @admin.display(description=_("mailing"))
    def mailed(self, issue):
        """Show what has become of its mailing, in a word."""
        mailing = getattr(issue, "mailing", None)
        return mailing.get_state_display() if mailing else _("Not mailed")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "lists" and field is not None:
            field.queryset = MailingList.objects.filter(sends=MailingList.Sends.NEWSLETTERS)
            field.widget = CheckboxSelectMultiple(choices=field.widget.choices)
            field.help_text = db_field.help_text
        return field

    def _saved(self, request, thing):
        """Lead from “Save and preview” to the mail: it is what a newsletter is."""
        if "_preview" in request.POST:
            return HttpResponseRedirect(self.address(thing, "mail"))
        return super()._saved(request, thing)
