"""The screens of the phone list: its sections and its contacts."""

from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from publishing.admin import EditorAdmin, PublishableAdmin

from ..imports.on_the_list import ImportsAndExports
from ..mentions.prefilling import LineForPrefilledNumber, PrefilledNumber
from ..models import Contact, ContactNumber, Section
from .conflicts import ConflictScreens
from .verification import VerificationScreens


class WorkToDoFilter(admin.SimpleListFilter):
    """Find the contacts that somebody still has to complete."""

    title = _("work to do")
    parameter_name = "todo"

    def lookups(self, request, model_admin):
        return [("name", _("Without a name")), ("number", _("Without a number"))]

    def queryset(self, request, queryset):
        if self.value() == "name":
            return queryset.filter(name="")
        if self.value() == "number":
            return queryset.filter(numbers__isnull=True)
        return queryset


@admin.register(Section)
class SectionAdmin(EditorAdmin):
    list_display = ["name", "position", "contact_count"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(contact_count=Count("contacts"))

    @admin.display(description=_("contacts"))
    def contact_count(self, section):
        return section.contact_count


class ContactNumberInline(LineForPrefilledNumber, admin.StackedInline):
    model = ContactNumber
    extra = 0
    fields = [("position", "kind"), ("number", "short_code"), ("label", "spoken_label"), "hours"]


@admin.register(Contact)
class ContactAdmin(ImportsAndExports, ConflictScreens, VerificationScreens, PrefilledNumber, PublishableAdmin):
    list_display = ["__str__", "section", "position", "numbers_shown", "publication", "source_note"]
    list_filter = [WorkToDoFilter, "section", "role"]
    list_select_related = ["section"]
    search_fields = ["name", "title", "also_known_as", "numbers__number", "source_line"]
    inlines = [ContactNumberInline]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ["source_line", "checks_shown"]
    fieldsets = [
        (None, {"fields": ["name", "title", "section", "position"]}),
        (_("For finding it"), {"fields": ["also_known_as", "note", "email", "web", "languages"]}),
        PublishableAdmin.PUBLICATION,
        (_("Verification"), {"fields": ["checks_shown"]}),
        (_("For staff"), {"fields": ["role", "source_note", "source_line"], "classes": ["collapse"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_numbers()

    @admin.display(description=_("numbers"))
    def numbers_shown(self, contact):
        return ", ".join(number.displayed for number in contact.numbers.all()) or "—"
