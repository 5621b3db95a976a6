"""What a charge nurse says on the screen "Set the wait"."""

import re
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing.admin.widgets import LocalDateTimeInput

from .models import LONGEST_WAIT, EmergencyDepartment
from .plausibility import jumps

QUICK = [5, 10, 15, 20, 30, 45, 60, 75, 90, 120, 150, 180]  # minutes
VALID_FOR = [15, 30, 60, 120, 240]  # minutes
USUAL_VALID_FOR = 30  # minutes
ASKED_ABOVE = timedelta(hours=4)


def minutes(number):
    """Return a number of minutes in words: "1 hour 30 minutes"."""
    hours, rest = divmod(number, 60)
    parts = [ngettext("%d hour", "%d hours", hours) % hours] if hours else []
    if rest or not hours:
        parts.append(ngettext("%d minute", "%d minutes", rest) % rest)
    return " ".join(parts)


def short(number):
    """Return a number of minutes as it fits on a button: "30 min", "2 hours"."""
    return minutes(number) if number % 60 == 0 else _("%(minutes)d min") % {"minutes": number}


class WaitForm(forms.Form):
    """The wait and for how long it is said. A number that is typed counts before one that is tapped.

    `needs_number` False is for saying that there is none.
    """

    quick = forms.TypedChoiceField(
        label=gettext_lazy("The wait in minutes"),
        choices=[(number, str(number)) for number in QUICK],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    number = forms.CharField(
        label=gettext_lazy("Or another number of minutes"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 5}),
    )
    valid_for = forms.TypedChoiceField(
        label=gettext_lazy("Shown for"), coerce=int, initial=USUAL_VALID_FOR, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("Note for colleagues"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Visitors do not see it. Nothing about a patient."),
    )

    def __init__(self, *args, department, needs_number=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.needs_number = needs_number
        limit = department.shown_minutes
        choices = [number for number in VALID_FOR if number < limit] + [limit]
        self.fields["valid_for"].choices = [(number, short(number)) for number in choices]
        self.initial["valid_for"] = min(USUAL_VALID_FOR, limit)

    def clean_number(self):
        typed = self.cleaned_data["number"].strip()
        if not typed:
            return None
        if not re.fullmatch("[0-9]+", typed):
            raise forms.ValidationError(_("Give the minutes as a whole number, such as 45."))
        if int(typed) > LONGEST_WAIT.total_seconds() // 60:
            raise forms.ValidationError(_("A wait lies between 0 minutes and 24 hours."))
        return int(typed)

    def clean_valid_for(self):
        return timedelta(minutes=self.cleaned_data["valid_for"])

    def clean(self):
        cleaned = super().clean()
        if self.needs_number and not {"quick", "number"} & self.errors.keys() and self.chosen is None:
            raise forms.ValidationError(_("Choose a number first, or type one."))
        return cleaned

    @property
    def chosen(self):
        """Return the minutes that were typed or else tapped; None for neither."""
        typed = self.cleaned_data.get("number")
        return typed if typed is not None else self.cleaned_data.get("quick")

    def doubt(self, last):
        """Return why this number may be a slip, a sentence, or "". `last` is the wait before it, None without any."""
        wait = timedelta(minutes=self.chosen)
        if last is not None and jumps(wait, last):
            return _("That is far from the last wait, %(last)s.") % {"last": minutes(int(last.total_seconds() // 60))}
        return _("That is longer than 4 hours.") if wait > ASKED_ABOVE else ""


class StatusForm(forms.Form):
    """The status with its words and its end; each status is a button of its own."""

    status = forms.ChoiceField(choices=EmergencyDepartment.Status.choices)
    text = forms.CharField(
        label=gettext_lazy("In words"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Visitors see it beside the wait."),
    )
    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=LocalDateTimeInput,
        help_text=gettext_lazy("Then it is open as usual again. Empty: until somebody changes it."),
    )

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("This time is past. Choose a later one, or none."))
        return until
