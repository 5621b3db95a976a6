"""Rows that an editor tells to ignore: by a button beside each, by an action for several, and a filter."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..admin_addresses import screen_address
from ..row_numbers import row_number


class IgnoredFilter(admin.SimpleListFilter):
    """Leaves out what is ignored, unless it is asked for."""

    title = _("ignored")
    parameter_name = "ignored"

    def lookups(self, request, model_admin):
        return [("yes", _("Ignored")), ("all", _("All"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": _("Not ignored")}, *others]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        return queryset.filter(ignored=self.value() == "yes")


class IgnoringAdmin(admin.ModelAdmin):
    """The list of a model with a field `ignored`; what is ignored is left out until it is asked for.

    Its actions are to be named `ignore` and `offer_again`.
    """

    def get_urls(self):
        ignore = self.admin_site.admin_view(self.ignore_one)
        name = f"{self.opts.app_label}_{self.opts.model_name}_ignore"
        return [path("ignore/", ignore, name=name), *super().get_urls()]

    def ignore_one(self, request):
        """Ignore the row of the button that was pressed, and go back to the list."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        number = row_number(request.POST.get("pk", ""))
        if number is not None:
            self.ignore(request, self.get_queryset(request).filter(pk=number))
        return HttpResponseRedirect(screen_address(self.model, "changelist"))


def ignore_button(row):
    """Return a button that ignores this one row, without JavaScript; "" where it is ignored already."""
    if row.ignored:
        return ""
    return format_html(
        '<button type="submit" formaction="{}" name="pk" value="{}" aria-label="{}">{}</button>',
        screen_address(type(row), "ignore"),
        row.pk,
        _("Ignore %(what)s") % {"what": row},
        _("Ignore"),
    )
