"""The boxes by which somebody chooses mailing lists: each with its name and what comes with it."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Choice:
    """One box: `hint_id` names what describes it."""

    mailing_list: object
    id: str
    ticked: bool

    @property
    def hint_id(self):
        return f"{self.id}_hint"


class ListsField(forms.MultipleChoiceField):
    """Cleans to those of `lists` that are ticked, in their order. They are named by their slugs in the form."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, lists, **kwargs):
        self.lists = list(lists)
        choices = [(each.slug, each.name) for each in self.lists]
        errors = {
            "required": _("Tick what you would like to get."),
            "invalid_choice": _("One of these is not on offer any more. Please choose again."),
            "invalid_list": _("Please choose again."),
        }
        super().__init__(choices=choices, error_messages=errors, **kwargs)

    def clean(self, value):
        ticked = set(super().clean(value))
        return [each for each in self.lists if each.slug in ticked]


def choices_of(field):
    """Return the Choices of `field`, a bound ListsField."""
    ticked = {str(value) for value in field.value() or []}
    return [
        Choice(each, f"{field.auto_id}_{number}", each.slug in ticked) for number, each in enumerate(field.field.lists)
    ]
