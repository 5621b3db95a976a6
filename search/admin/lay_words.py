"""The screens for lay words: the list, the form, the file that goes out."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from publishing.admin_addresses import screen_address
from publishing.audit import record_export

from .. import lay_word_files
from ..editor_forms import LayWordForm
from ..lay_word_rules import near_rows
from ..lay_words import LAY_WORDS, LayWords
from ..models import LayWord
from ..starter import load_starter, missing_of_starter
from ..words import folded
from . import importing, try_search
from .editing import SearchEditorAdmin


@admin.register(LayWord)
class LayWordAdmin(SearchEditorAdmin):
    form = LayWordForm
    kept = LAY_WORDS
    list_display = ["words", "means", "language"]
    list_filter = ["language"]
    search_fields = ["words", "means"]
    search_help_text = _("What visitors type, or what it is called here; accents do not matter")

    def get_urls(self):
        own = []
        for route, name, screen in (
            ("try/", "try", try_search.screen),
            ("import/", "import", importing.screen),
            ("export/", "export", export),
            ("starter/", "starter", starter),
        ):
            view = self.admin_site.admin_view(lambda request, screen=screen: screen(self, request))
            own.append(path(route, view, name=f"search_layword_{name}"))
        return [*own, *super().get_urls()]

    def get_search_results(self, request, queryset, search_term):
        """Find the rows that hold every word, whatever their accents."""
        wanted = folded(search_term).split()
        if not wanted:
            return queryset, False
        texts = ((pk, folded(f"{words} {means}")) for pk, words, means in queryset.values_list("pk", "words", "means"))
        return queryset.filter(pk__in=[pk for pk, text in texts if all(word in text for word in wanted)]), False

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        return {name: str(value)[:300] for name, value in initial.items() if name in LayWordForm.Meta.fields}

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if near := near_rows(obj, LayWord.objects.filter(language=obj.language).exclude(pk=obj.pk)):
            messages.info(
                request,
                gettext("The search does not tell these words from “%(words)s”, so both lines count for both.")
                % {"words": "”, “".join(each.words for each in near)},
            )

    def first_words(self, thing):
        return thing.words

    def with_change(self, thing):
        others = LayWord.objects.exclude(pk=thing.pk)
        return {"lay": LayWords((row.words, row.language, row.meanings) for row in [*others, thing])}


def export(admin, request):
    """Send the list as a CSV file, in UTF-8 with the mark by which Excel knows it."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    rows = list(LayWord.objects.all())
    day = timezone.localdate().isoformat()
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="lay-words-{day}.csv"'},
    )
    response.write("\ufeff")
    lay_word_files.write(rows, response)
    record_export(LayWord, rows=len(rows), user=request.user)
    return response


def starter(admin, request):
    """Show which words of the starter list are missing here, and add them at the press of a button."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        added = load_starter()
        messages.success(
            request,
            ngettext("%(number)d line was added.", "%(number)d lines were added.", added) % {"number": added},
        )
        return HttpResponseRedirect(screen_address(LayWord, "changelist"))
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Add the starter list’s missing words"),
        "missing": missing_of_starter(),
    }
    return TemplateResponse(request, "admin/search/starter.html", context)
