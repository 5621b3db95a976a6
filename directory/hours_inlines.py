"""Where a place's opening hours are entered: the week's and the special days' on its editing screen."""

from django.contrib import admin
from django.db import models
from django.forms import BaseInlineFormSet, DateField, TimeField
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from publishing.admin.widgets import LocalDateInput, LocalTimeInput

from .hours_troubles import first_trouble
from .models import SpecialHours, WeeklyHours


class HoursFormSet(BaseInlineFormSet):
    """The rows of one kind. Both kinds share a table, so their fields are told apart by the kind's name."""

    @classmethod
    def get_default_prefix(cls):
        return cls.model._meta.model_name

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if DELETION_FIELD_NAME in form.fields:
            form.fields[DELETION_FIELD_NAME].widget.attrs["aria-label"] = _("Remove this line")

    def clean(self):
        """Refuse rows that do not fit together, at the row that has to be changed."""
        super().clean()
        if any(form.errors for form in self.forms):
            return
        filled = [form for form in self.forms if form.instance.pk or form.has_changed()]
        kept = [form for form in filled if not self._should_delete_form(form)]
        trouble = first_trouble([form.instance for form in kept])
        if trouble:
            row, field, sentence = trouble
            next(form for form in kept if form.instance is row).add_error(field, sentence)


class _HoursInline(admin.TabularInline):
    formset = HoursFormSet
    extra = 0
    formfield_overrides = {
        models.DateField: {"form_class": DateField, "widget": LocalDateInput},
        models.TimeField: {"form_class": TimeField, "widget": LocalTimeInput},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in self.fields:
            # In a table the heading of the column is all that names a field, and no screen reader's list has it.
            field.widget.attrs["aria-label"] = capfirst(db_field.verbose_name)
        return field


class WeeklyHoursInline(_HoursInline):
    model = WeeklyHours
    fields = ["weekday", "opens", "closes", "all_day"]


class SpecialHoursInline(_HoursInline):
    model = SpecialHours
    fields = ["day", "name", "closed", "opens", "closes", "all_day"]
