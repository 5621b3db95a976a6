"""A field that holds a line of opening hours, checked and written in one way."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..hours_line import LONGEST, parse


class HoursLineField(models.CharField):
    """Text as of hours_line.py; "" where nobody has said. Cleaning keeps the line as str(HoursLine) writes it."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", LONGEST)
        kwargs.setdefault("blank", True)
        kwargs.setdefault(
            "help_text",
            _("Mon-Fri 8 AM-4:30 PM; Sat 9 AM-noon; holidays closed; by appointment. Empty where it is not known."),
        )
        super().__init__(*args, **kwargs)

    def clean(self, value, model_instance):
        return super().clean(str(parse(value or "")), model_instance)
