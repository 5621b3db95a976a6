"""What staff fill in about registrations."""

import secrets

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from publishing.one_line import OneLineField

from . import attendance
from .models import Registration
from .registration_forms import EMAIL_ERRORS, NAME_ERRORS, DetailsForm

MOST_BY_STAFF = 50


class FindForm(forms.Form):
    """Which registrations of a date are listed: those whose name or mail address holds `q`, and those in `state`."""

    q = forms.CharField(label=_("Name or mail address"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *Registration.State.choices, ("came", _("Came"))]
    )


class WriteInForm(DetailsForm):
    """Registers somebody who has called."""

    name = OneLineField(label=_("Name"), max_length=100, error_messages=NAME_ERRORS)
    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        required=False,
        help_text=_("Empty where they have none: then they get no mail, so tell them what they need to know."),
        error_messages=EMAIL_ERRORS,
    )
    language = forms.ChoiceField(label=_("Language of the mails"), choices=settings.LANGUAGES)
    overbook = forms.BooleanField(label=_("Overbook: register them even if no seats are free"), required=False)
    nonce = forms.CharField(widget=forms.HiddenInput, max_length=64)

    field_order = ["name", "email", "phone", "party", "language"]

    def __init__(self, data=None, *, date):
        super().__init__(data, date=date, most=MOST_BY_STAFF)
        if data is None:
            self.initial["nonce"] = secrets.token_urlsafe(16)

    def write_in(self):
        """Store the registration and return it. Raises RefusedError."""
        cleaned = self.cleaned_data
        told = {name: cleaned[name] for name in ("nonce", "overbook", "name", "email", "language")}
        return attendance.write_in(self.date, **told, **self.details)


class MoveForm(forms.Form):
    """Moves a registration to another date of its event."""

    date = forms.TypedChoiceField(label=_("To another date"), coerce=int)
    overbook = forms.BooleanField(label=_("Overbook: even if no seats are free there"), required=False)

    def __init__(self, data=None, *, registration):
        super().__init__(data)
        self.dates = {date.pk: date for date in attendance.other_dates(registration.date)}
        self.fields["date"].choices = [
            (pk, date_format(date.first_day, "D, M j, Y") if date.all_day else _at(date))
            for pk, date in self.dates.items()
        ]


def _at(date):
    return date_format(date.local_start, "D, M j, Y, g:i A")
