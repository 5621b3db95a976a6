"""What somebody fills in who registers for a date, and who changes it later."""

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from directory.phones import displayed
from publishing.form_stamps import make_stamp, read_stamp
from publishing.one_line import OneLineField

from . import registering
from .models import Registration
from .question_fields import answers_of, field_name, field_of, initial_of

NAME_ERRORS = {
    "required": _("Type your name."),
    "max_length": _("Use at most 100 characters for the name."),
}
EMAIL_ERRORS = {
    "required": _("Type your email address, such as name@example.com."),
    "invalid": _("This is not a complete email address. It needs an @ and an ending, such as name@example.com."),
    "max_length": _("This email address is too long."),
}
PHONE_ERRORS = {
    "invalid": _("This is not a complete phone number. It has an area code and 7 digits, such as 860-555-0123.")
}
PARTY_ERRORS = {
    "required": _("Choose how many people come."),
    "invalid_choice": _("Choose one of these numbers of people."),
}


def people(number):
    return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}


def most_people(date):
    """Return how many people one registration for `date` may be for."""
    return min(date.event.party_most, date.seats_in_all or date.event.party_most)


class DetailsForm(forms.Form):
    """How many come to `date`, how to reach them, and what the event asks."""

    party = forms.TypedChoiceField(
        label=_("How many people come, you included?"), coerce=int, error_messages=PARTY_ERRORS, initial=1
    )
    phone = PhoneNumberField(
        label=_("Phone number (if you like)"),
        required=False,
        region="US",
        help_text=_("Only in case that something changes at short notice."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages=PHONE_ERRORS,
    )

    def __init__(self, data=None, *, date, most=None, initial=None):
        self.date = date
        self.questions = list(date.event.questions.all())
        super().__init__(data, initial=initial)
        numbers = range(1, (most or most_people(date)) + 1)
        self.fields["party"].choices = [(number, people(number)) for number in numbers]
        for question in self.questions:
            self.fields[field_name(question)] = field_of(question)

    @property
    def question_fields(self):
        """Return the bound fields of the event's own questions, in their order."""
        return [self[field_name(question)] for question in self.questions]

    @property
    def details(self):
        """Return what was filled in as `registering` takes it."""
        cleaned = self.cleaned_data
        return {
            "party": cleaned["party"],
            "phone": displayed(cleaned["phone"]) if cleaned["phone"] else "",
            "answers": answers_of(self.questions, cleaned),
        }


class RegisterForm(DetailsForm):
    """Registers for `date`."""

    name = OneLineField(
        label=_("Name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages=NAME_ERRORS,
    )
    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        help_text=_("The confirmation goes there, with a link by which you can change or cancel."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages=EMAIL_ERRORS,
    )
    # A field that people do not see; programs that fill every field give themselves away.
    website = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )

    field_order = ["name", "email", "party", "phone"]

    def __init__(self, data=None, *, date):
        super().__init__(data, date=date)
        self.now = timezone.now()
        self.stamp_to_send = data.get("stamp", "") if data is not None else ""
        self.stamp = read_stamp(self.stamp_to_send, date)
        if self.stamp is None or self.stamp.is_old_at(self.now):
            self.stamp = None
            self.stamp_to_send = make_stamp(date, self.now)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not any(character.isalpha() for character in name):
            raise forms.ValidationError(_("Type your name in letters."))
        return name

    def clean(self):
        """Refuse what looks like a program, in words that tell a person what to do. Nothing typed is lost."""
        cleaned = super().clean()
        if self.stamp is None:
            raise forms.ValidationError(_("This page was open for a long time. Please send the form once more."))
        if self.stamp.is_fast_at(self.now):
            raise forms.ValidationError(
                _("That was so fast that it looked like a program. If you are a person, please send it once more.")
            )
        if cleaned.get("website"):
            raise forms.ValidationError(
                _("A hidden field was filled in, perhaps by your browser. It is empty again: please send it once more.")
            )
        return cleaned

    def registered_before(self):
        """Return the Registration that this very form has made already; None where it has not."""
        return self.stamp and Registration.objects.filter(nonce=self.stamp.nonce).first()

    def says_the_same_as(self, registration):
        """Return whether the form, sent again, holds nothing that `registration` does not."""
        if not self.is_valid():
            return False
        told = {**self.details, "name": self.cleaned_data["name"], "email": self.cleaned_data["email"]}
        return all(getattr(registration, name) == value for name, value in told.items())

    def register(self, *, sender):
        """Store the registration and return it. Raises RefusedError and TooManyError."""
        return registering.register(
            self.date,
            nonce=self.stamp.nonce,
            sender=sender,
            name=self.cleaned_data["name"],
            email=self.cleaned_data["email"],
            language=get_language(),
            **self.details,
        )


class ChangeForm(DetailsForm):
    """Changes a registration: how many come, the number, the answers."""

    def __init__(self, data=None, *, registration):
        date = registration.date
        self.registration = registration
        questions = list(date.event.questions.all())
        initial = {
            "party": registration.party,
            "phone": registration.phone,
            **initial_of(questions, registration.answers),
        }
        # Staff may have registered more people at once than visitors can.
        super().__init__(data, date=date, most=max(registration.party, most_people(date)), initial=initial)

    def change(self):
        """Store what was changed and return the Registration. Raises RefusedError."""
        return registering.change(self.registration, **self.details)
