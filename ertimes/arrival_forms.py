"""What somebody on the way fills in: when they will be there, who they are, what they need at the door."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from publishing.form_stamps import make_stamp, read_stamp
from publishing.one_line import OneLineField

from . import arrivals
from .languages import LANGUAGES, OTHER, language_choices
from .models import ArrivalNotice

AS_TOLD = ""
MINUTES = [15, 30, 45, 60]
IN_MINUTES = [(str(minutes), _("In about %(minutes)d minutes") % {"minutes": minutes}) for minutes in MINUTES]


class LanguageSelect(forms.Select):
    """Says in which language each choice is written, so that a screen reader pronounces it."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in LANGUAGES and value != "ase":
            option["attrs"]["lang"] = str(value)
        return option


class NeedsForm(forms.Form):
    """How to reach them, and what they need at the door."""

    mobile = PhoneNumberField(
        label=_("Mobile number (if you like)"),
        required=False,
        region="US",
        help_text=_("Only so that the emergency department can call you. No messages are sent to it."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={
            "invalid": _("This is not a complete phone number. It has an area code and 7 digits, such as 860-555-0123.")
        },
    )
    wheelchair = forms.BooleanField(label=_("I need a wheelchair at the door"), required=False)
    interpreter = forms.ChoiceField(
        label=_("Interpreter"),
        required=False,
        choices=language_choices,
        widget=LanguageSelect,
        help_text=_("An interpreter costs you nothing."),
        error_messages={"invalid_choice": _("Choose a language from the list, or “Another language”.")},
    )
    other_language = OneLineField(
        label=_("Another language"),
        required=False,
        max_length=40,
        help_text=_("Only if it is not in the list."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Use at most 40 characters for the language.")},
    )

    def clean(self):
        cleaned = super().clean()
        chosen, typed = cleaned.get("interpreter", ""), cleaned.get("other_language", "")
        if chosen in LANGUAGES and typed:
            self.add_error("other_language", _("Choose a language or type one, not both."))
        elif chosen == OTHER and not typed and "other_language" not in self.errors:
            self.add_error("other_language", _("Type the language for which you need an interpreter."))
        return cleaned

    @property
    def told(self):
        """Return what was filled in as `arrivals` takes it. `arriving_in` is a timedelta, None for “as told”."""
        cleaned, language = self.cleaned_data, self.cleaned_data["interpreter"]
        minutes = cleaned["arriving_in"]
        return {
            "arriving_in": None if minutes == AS_TOLD else timedelta(minutes=int(minutes)),
            "mobile": cleaned["mobile"] or "",
            "wheelchair": cleaned["wheelchair"],
            "interpreter": language if language in LANGUAGES else cleaned["other_language"],
        }


class TellForm(NeedsForm):
    """Tells `department` that somebody is on the way."""

    arriving_in = forms.ChoiceField(
        label=_("When will you be there?"),
        choices=IN_MINUTES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose in how many minutes you will be there."),
            "invalid_choice": _("Choose one of the four times."),
        },
    )
    name = OneLineField(
        label=_("First name or initials"),
        max_length=40,
        help_text=_("Nothing about your illness here, and no birth date: you tell that the nurse who sees you."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={
            "required": _("Type a first name or initials, so that staff know who has come."),
            "max_length": _("Use at most 40 characters for the name."),
        },
    )
    # A field that people do not see; programs that fill every field give themselves away.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    field_order = ["arriving_in", "name", "mobile", "wheelchair", "interpreter", "other_language"]

    def __init__(self, data=None, *, department):
        super().__init__(data)
        self.department = department
        self.now = timezone.now()
        self.stamp_to_send = data.get("stamp", "") if data is not None else ""
        self.stamp = read_stamp(self.stamp_to_send, department)
        if self.stamp is None or self.stamp.is_old_at(self.now):
            self.stamp = None
            self.stamp_to_send = make_stamp(department, self.now)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not any(character.isalpha() for character in name):
            raise forms.ValidationError(_("Type a first name or initials in letters."))
        if sum(character.isdigit() for character in name) > 3:
            raise forms.ValidationError(_("Type a first name or initials only: no birth date and no number."))
        return name

    def clean(self):
        """Refuse what looks like a program, in words that tell a person what to do. Nothing typed is lost."""
        cleaned = super().clean()
        if self.stamp is None:
            raise forms.ValidationError(
                _("This page was open for a long time. See whether the time is still right, then send it once more.")
            )
        if self.stamp.is_fast_at(self.now):
            raise forms.ValidationError(
                _("That was so fast that it looked like a program. If you are a person, please send it once more.")
            )
        if cleaned.get("website"):
            raise forms.ValidationError(
                _("A hidden field was filled in, perhaps by your browser. It is empty again: please send it once more.")
            )
        return cleaned

    def told_before(self):
        """Return the notice that this very form has made already; None where it has not."""
        return self.stamp and ArrivalNotice.objects.kept().filter(nonce=self.stamp.nonce).first()

    def says_the_same_as(self, notice):
        """Return whether the form, sent again, holds nothing that `notice` does not."""
        if not self.is_valid():
            return False
        told = {**self.told, "name": self.cleaned_data["name"]}
        arriving_in = told.pop("arriving_in")
        in_time = abs(notice.created_at + arriving_in - notice.expected_at) < timedelta(minutes=1)
        return in_time and all(getattr(notice, name) == value for name, value in told.items())

    def tell(self, *, sender):
        """Store the notice and return it. Raises arrivals.TooManyNoticesError."""
        return arrivals.tell(
            department=self.department,
            nonce=self.stamp.nonce,
            sender=sender,
            name=self.cleaned_data["name"],
            **self.told,
        )


class ChangeForm(NeedsForm):
    """Changes a notice: the time, the number, what is needed."""

    arriving_in = forms.ChoiceField(
        label=_("When will you be there?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the times.")},
    )

    field_order = ["arriving_in", "mobile", "wheelchair", "interpreter", "other_language"]

    def __init__(self, data=None, *, notice):
        language = notice.interpreter
        initial = {
            "arriving_in": AS_TOLD,
            "mobile": notice.mobile_displayed,
            "wheelchair": notice.wheelchair,
            "interpreter": language if language in LANGUAGES or not language else OTHER,
            "other_language": "" if language in LANGUAGES else language,
        }
        super().__init__(data, initial=initial)
        self.notice = notice
        self.fields["arriving_in"].choices = [(AS_TOLD, _("As I told before")), *IN_MINUTES]

    def change(self):
        """Store what was changed; return whether it could be done."""
        return arrivals.change(self.notice, **self.told)
