from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.one_line import OneLineField

from ..models import Suppression
from ..suppression import Reason, digests_of, suppress


class AskedForm(forms.ModelForm):
    """Blocks the address of somebody who told staff that they want no more mail."""

    email = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        help_text=_("It is not kept: only a code is, by which the address is known when it comes again."),
    )
    details = OneLineField(
        label=_("Note"), max_length=200, required=False, help_text=_("How they asked, such as “by phone”. No names.")
    )

    class Meta:
        model = Suppression
        fields = ["details"]

    def save(self, commit=True):
        return suppress(self.cleaned_data["email"], Reason.ASKED, self.cleaned_data["details"])

    def save_m2m(self):
        """Nothing belongs to it."""


@admin.register(Suppression)
class SuppressionAdmin(admin.ModelAdmin):
    """Who gets nothing any more, found by typing the address. It ends only when the owner signs up anew."""

    list_display = ["reason", "made_at", "details"]
    list_filter = ["reason"]
    list_per_page = 50
    date_hierarchy = "made_at"
    search_fields = ["details"]
    search_help_text = _("Type a whole mail address to see whether it is blocked")
    fields = readonly_fields = ["reason", "made_at", "details"]
    actions = None

    def get_search_results(self, request, queryset, search_term):
        """Find the row of a mail address; other words are looked for in the details."""
        if "@" in search_term:
            return queryset.filter(digest__in=digests_of(search_term)), False
        return super().get_search_results(request, queryset, search_term)

    def get_form(self, request, obj=None, **kwargs):
        return AskedForm if obj is None else super().get_form(request, obj, **kwargs)

    def get_fields(self, request, obj=None):
        return ["email", "details"] if obj is None else self.fields

    def get_readonly_fields(self, request, obj=None):
        return [] if obj is None else self.readonly_fields

    def save_model(self, request, obj, form, change):
        """The form has stored it."""

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
