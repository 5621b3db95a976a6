"""The form of a dish: its allergens are ticked, and its day is the part of the screen in which it stands."""

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from ..models import Allergen, CafeDish


class DishForm(forms.ModelForm):
    allergens = forms.MultipleChoiceField(
        label=_("Contains"), choices=Allergen, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = CafeDish
        fields = ["meal", "name", "description", "allergens", "allergens_known", "vegetarian", "vegan"]
        help_texts = {"allergens_known": ""}  # said once, above all dishes

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["allergens"] = [code for code in self.initial.get("allergens", "").split(",") if code]

    def clean_allergens(self):
        """Keep the codes in the order of the list, whatever order they come in."""
        return ",".join(code for code in Allergen.values if code in self.cleaned_data["allergens"])

    def clean(self):
        """Take "all nine checked" from what has become another dish; whoever ticks it anew saves once more."""
        cleaned = super().clean()
        if "allergens_known" not in self.changed_data and {"name", "description"} & set(self.changed_data):
            cleaned["allergens_known"] = False
        return cleaned


def formset_for(day):
    """Return the formset of the dishes of one CafeDish.Day."""

    class DayFormSet(BaseInlineFormSet):
        @classmethod
        def get_default_prefix(cls):
            return day.name.lower()

        def get_queryset(self):
            return [dish for dish in super().get_queryset() if dish.day == day]

        def _construct_form(self, i, **kwargs):
            form = super()._construct_form(i, **kwargs)
            form.instance.day = day.value
            return form

    return DayFormSet
