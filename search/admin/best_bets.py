"""The screens for best bets."""

from django.contrib import admin
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..best_bets import BEST_BETS
from ..bet_pages import entries_at, why_hidden
from ..editor_forms import BestBetForm
from ..models import BestBet
from .editing import SearchEditorAdmin


@admin.register(BestBet)
class BestBetAdmin(SearchEditorAdmin):
    form = BestBetForm
    kept = BEST_BETS
    list_display = ["first_line", "path", "language"]
    list_filter = ["language"]
    search_fields = ["queries", "path", "title", "note"]

    @admin.display(description=_("what visitors type"), ordering="queries")
    def first_line(self, bet):
        return ", ".join(bet.lines)

    def get_list_display(self, request):
        entries = SimpleLazyObject(lambda: entries_at(BestBet.objects.values("path")))  # for all rows at once

        @admin.display(description=_("shown now"))
        def shown(bet):
            hidden = why_hidden(entries.get(bet.path, []), bet.language)
            if hidden:
                return format_html("<strong>{}</strong> {}", _("Hidden:"), hidden)
            return _("Shown")

        return [*self.list_display, shown]

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        return {name: str(value)[:300] for name, value in initial.items() if name in BestBetForm.Meta.fields}

    def first_words(self, thing):
        return thing.lines[0]

    def with_change(self, thing):
        return {"bets": [*BestBet.objects.exclude(pk=thing.pk), thing]}
