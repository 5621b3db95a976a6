"""The screen for what visitors looked for and did not find."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from publishing.admin.ignoring import IgnoredFilter, IgnoringAdmin, ignore_button
from publishing.admin_addresses import screen_address
from publishing.permissions import may

from ..models import BestBet, LayWord, MissedSearch


def _link(address, name, words, text):
    return format_html(
        '<a href="{}?{}">{}<span class="visually-hidden">: {}</span></a>',
        address,
        urlencode({name: words}),
        text,
        words,
    )


@admin.register(MissedSearch)
class MissedSearchAdmin(IgnoringAdmin):
    """Only words that have been written down: the others are a count that says nothing."""

    change_list_template = "admin/search/change_list.html"
    list_display = ["words", "count", "week"]
    list_display_links = None
    list_filter = [IgnoredFilter, "week"]
    list_per_page = 100
    search_fields = ["words"]
    actions = ["ignore", "offer_again"]
    fields = readonly_fields = ["words", "count", "week", "ignored"]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Searches that found nothing"), **(extra_context or {})})

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(words="")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_list_display(self, request):
        may_add_words, may_bet = may(request.user, "add", LayWord), may(request.user, "add", BestBet)
        may_ignore = self.has_change_permission(request)

        @admin.display(description=_("what to do"))
        def offers(missed):
            made = [_link(screen_address(LayWord, "try"), "q", missed.words, _("Try it"))]
            if may_add_words:
                made.append(_link(screen_address(LayWord, "add"), "words", missed.words, _("Lay word")))
            if may_bet:
                made.append(_link(screen_address(BestBet, "add"), "queries", missed.words, _("Best bet")))
            if may_ignore:
                made.append(ignore_button(missed))
            return format_html_join(" ", "{}", ((offer,) for offer in made))

        return ["words", "count", offers, "week"]

    @admin.action(description=_("Ignore"), permissions=["change"])
    def ignore(self, request, queryset):
        number = self._mark(queryset, ignored=True)
        messages.success(request, _("Ignored from now on, in every week: %(number)d.") % {"number": number})

    @admin.action(description=_("Do not ignore any more"), permissions=["change"])
    def offer_again(self, request, queryset):
        number = self._mark(queryset, ignored=False)
        messages.success(request, _("Offered again: %(number)d.") % {"number": number})

    def _mark(self, queryset, *, ignored):
        """Mark the words of `queryset` in whatever week, and return how many words that were."""
        words = set(queryset.values_list("words", flat=True))
        MissedSearch.objects.filter(words__in=words).update(ignored=ignored)
        return len(words)
