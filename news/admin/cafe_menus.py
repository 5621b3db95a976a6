"""One screen for the café's week: a part for each day, and the last week to begin with."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.admin import PublishableAdmin

from ..copying_menus import copy_newest, next_week
from ..models import CafeDish, CafeMenu
from .dish_forms import DishForm, formset_for


def inline_for(day):
    """Return the inline with the dishes of one CafeDish.Day."""
    attributes = {
        "model": CafeDish,
        "form": DishForm,
        "formset": formset_for(day),
        "fields": [("meal", "name", "description"), ("allergens", "allergens_known", "vegetarian", "vegan")],
        "extra": 0,
        "verbose_name_plural": day.label,
        "classes": ["cafe-day"],
    }
    return type(f"{day.name.title()}Inline", (admin.StackedInline,), attributes)


@admin.register(CafeMenu)
class CafeMenuAdmin(PublishableAdmin):
    change_list_template = "admin/news/cafe_menu_list.html"
    list_display = ["__str__", "publication", "changed_at"]
    ordering = ["-week"]
    search_fields = ["note", "dishes__name"]
    inlines = [inline_for(day) for day in CafeDish.Day]
    fieldsets = [
        (
            None,
            {
                "fields": ["week", "note"],
                "description": _(
                    "Tick “all nine checked” once somebody has gone through all nine allergens of a dish. "
                    "Without it readers are told to ask the kitchen. Where the name or description of a dish changes, "
                    "the tick is taken away: go through its allergens, and tick it again."
                ),
            },
        ),
        PublishableAdmin.PUBLICATION,
    ]

    class Media:
        css = {"all": ["css/admin-cafe.css"]}

    def get_changeform_initial_data(self, request):
        return {"week": next_week(), **super().get_changeform_initial_data(request)}

    def get_urls(self):
        view = self.admin_site.admin_view(self.copy_last_week)
        return [path("copy-last-week/", view, name="news_cafemenu_copy"), *super().get_urls()]

    def copy_last_week(self, request):
        """Make the draft of the next week with the dishes of the newest menu, and lead to it."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        menu = copy_newest(user=request.user)
        if menu is None:
            messages.error(request, gettext("There is no menu yet that could be copied. Add the first one."))
            return HttpResponseRedirect(self.url("changelist"))
        messages.success(request, gettext("The dishes of the last menu are copied. Go through each day, then publish."))
        return HttpResponseRedirect(self.address(menu, "change"))
