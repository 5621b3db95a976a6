"""What the forms of lay words and best bets have in common: a change is looked at before it is saved."""

from django.contrib import admin
from django.db import transaction

from ..questions import LONGEST
from ..trying import compare

SEE = "_see"  # the button “See what this changes”
TRIED_WITH = "_try"  # the field beside it


class SearchEditorAdmin(admin.ModelAdmin):
    """A list that the search reads: `kept` is the Kept that every process has to load again after a change."""

    kept = None
    change_form_template = add_form_template = "admin/search/change_form.html"
    change_list_template = "admin/search/change_list.html"
    list_per_page = 100

    def changed(self):
        """Have every process read the list again. Within the change's transaction, so that both come or neither."""
        self.kept.changed()

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self.changed()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self.changed()

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        self.changed()

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if SEE in request.POST:
            # What was typed is shown again beside what it would change, and nothing is stored.
            return type("LookedAtForm", (form,), {"is_valid": lambda self: form.is_valid(self) and False})
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        context["may_look"] = (add and self.has_add_permission(request)) or self.has_change_permission(request, obj)
        if SEE in request.POST:
            text = request.POST.get(TRIED_WITH, "").replace("\0", " ")[:LONGEST]
            context["tried_with"] = text
            context["looked_at"] = True
            if not form.errors:
                text = text.strip() or self.first_words(form.instance)
                context["comparison"] = self.comparison(form.instance, text)
                context["tried_with"] = text
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def first_words(self, thing):
        """Return what a visitor may type for `thing`, where the editor has named nothing to try."""
        raise NotImplementedError

    def comparison(self, thing, text):
        """Return the Comparison of what visitors find for `text` now and with `thing`, which is not stored."""
        return compare(text, thing.language, **self.with_change(thing))

    def with_change(self, thing):
        """Return what `compare` is to try in place of the stored list."""
        raise NotImplementedError
