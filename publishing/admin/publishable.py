"""What every screen of something published has in common: its state, as a word, and its two instants."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import State
from .editor import EditorAdmin


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
