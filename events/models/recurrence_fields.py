"""How a rule and lists of days are stored, checked and put before an editor."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..recurrence import LONGEST_RULE, checked_rule, days_in, days_text, listed


class RuleField(models.CharField):
    """A rule of RFC 5545 as `recurrence.checked_rule` returns it; "" for no repetition."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", LONGEST_RULE)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def clean(self, value, model_instance):
        return super().clean(checked_rule(value or ""), model_instance)


class DaysField(models.TextField):
    """A list of dates in their order, each once; stored as ISO dates with commas between."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return None if value is None else days_in(value)  # None of a row that was joined and is not there

    def to_python(self, value):
        """Return the list of dates in `value`, a text or a list. Raises ValidationError."""
        return days_in(value or "") if isinstance(value, str | None) else listed(value)

    def get_prep_value(self, value):
        return days_text(self.to_python(value))

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **kwargs):
        return DaysFormField(
            **{"label": self.verbose_name.capitalize(), "required": False, "help_text": self.help_text} | kwargs
        )


class DaysFormField(forms.CharField):
    """Days as ISO dates, with commas or lines between; cleaned into a list of dates."""

    default_error_messages = {"invalid": _("Write days as year-month-day: 2026-12-24.")}

    def __init__(self, **kwargs):
        for unused in ("max_length", "empty_value"):
            kwargs.pop(unused, None)
        super().__init__(widget=kwargs.pop("widget", None) or forms.TextInput(attrs={"class": "vTextField"}), **kwargs)

    def prepare_value(self, value):
        return days_text(value) if isinstance(value, list) else value

    def to_python(self, value):
        try:
            return days_in(value if isinstance(value, str) else days_text(value or []))
        except ValidationError:
            raise
        except (AttributeError, TypeError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial or "") != self.to_python(data or "")
        except ValidationError:
            return True
