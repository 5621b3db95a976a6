"""What visitors fill in: which lists, to which address."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from publishing.form_stamps import make_stamp, read_stamp

from . import address_changes, preferences, signing_up
from .list_choices import ListsField
from .mail_addresses import normalized

# What stands beside the button, and is kept as what was agreed to.
CONSENT = _("Send me by email what I have ticked. I can leave at any time by the link in each mail.")
EMAIL_ERRORS = {
    "required": _("Type your email address, such as name@example.com."),
    "invalid": _("This is not a complete email address. It needs an @ and an ending, such as name@example.com."),
    "max_length": _("This email address is too long."),
}


class StampedForm(forms.Form):
    """Looks whether a person fills it in, in words that tell one what to do. Nothing typed is lost.

    `about` is the name of the form, or the stored instance that it is about.
    """

    # A field that people do not see; programs that fill every field give themselves away.
    website = forms.CharField(required=False, max_length=200)

    def __init__(self, data=None, *, about, **kwargs):
        super().__init__(data, **kwargs)
        self.now = timezone.now()
        self.stamp_to_send = data.get("stamp", "") if data is not None else ""
        self.stamp = read_stamp(self.stamp_to_send, about)
        if self.stamp is None or self.stamp.is_old_at(self.now):
            self.stamp = None
            self.stamp_to_send = make_stamp(about, self.now)

    def clean(self):
        cleaned = super().clean()
        if self.stamp is None:
            raise forms.ValidationError(_("This page was open for a long time. Please send the form once more."))
        if self.stamp.is_fast_at(self.now):
            raise forms.ValidationError(
                _("That was so fast that it looked like a program. If you are a person, please send it once more.")
            )
        if cleaned.get("website") or "website" in self.errors:
            raise forms.ValidationError(
                _("A hidden field was filled in, perhaps by your browser. It is empty again: please send it once more.")
            )
        return cleaned


class EmailField(forms.EmailField):
    """Cleans to an address as it is stored, in ASCII: a domain of letters that nobody sees is none."""

    def __init__(self, **kwargs):
        widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"})
        super().__init__(max_length=254, widget=widget, error_messages=EMAIL_ERRORS, **kwargs)

    def clean(self, value):
        typed = super().clean(value)
        email = normalized(typed)
        if not typed.isprintable() or not email.isascii() or len(email) > self.max_length:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return email


class SubscribeForm(StampedForm):
    """Asks for some of `lists`, MailingLists; `chosen` are the slugs that are ticked at first."""

    email = EmailField(label=_("Email address"))

    field_order = ["lists", "email"]

    def __init__(self, data=None, *, lists, chosen=()):
        super().__init__(data, about="newsletter")
        self.fields["lists"] = ListsField(lists, label=_("What may we send you?"), initial=list(chosen))
        self.order_fields(self.field_order)

    def ask(self, *, page, sender):
        """Have the address asked whether it wants the lists. Raises limits.TooManyError."""
        signing_up.ask(
            self.cleaned_data["email"],
            self.cleaned_data["lists"],
            wording=str(CONSENT),
            page=page,
            sender=sender,
            language=get_language(),
        )


class PreferencesForm(forms.Form):
    """Chooses the lists and the language of `subscriber`. Nothing ticked is valid: it leads to leaving."""

    language = forms.ChoiceField(
        label=_("In which language do we write to you?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    field_order = ["lists", "language"]

    def __init__(self, data=None, *, subscriber):
        self.subscriber = subscriber
        had = subscriber.subscriptions.confirmed().values_list("mailing_list__slug", flat=True)
        super().__init__(data, initial={"language": subscriber.language})
        lists = list(preferences.lists_for(subscriber))
        self.fields["lists"] = ListsField(lists, label=_("What do we send you?"), initial=list(had), required=False)
        self.order_fields(self.field_order)

    def choose(self, *, page):
        """Store the choice."""
        preferences.choose(
            self.subscriber,
            self.cleaned_data["lists"],
            language=self.cleaned_data["language"],
            wording=str(CONSENT),
            page=page,
        )


class AddressForm(forms.Form):
    """Asks for another address of `subscriber`."""

    email = EmailField(
        label=_("New email address"),
        help_text=_("We send a link there. Until you open it, your mail goes on as before."),
    )

    def __init__(self, data=None, *, subscriber):
        super().__init__(data, prefix="new")
        self.subscriber = subscriber

    def request_change(self):
        """Have the new address asked; return the AddressChange or None. Raises address_changes.OftenError."""
        return address_changes.request_change(self.subscriber, self.cleaned_data["email"])
