from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.admin.widgets import LocalDateTimeInput

from .models import OperatingStatus


class OperatingStatusForm(forms.Form):
    """What the keeper of a place says of it. `seen` is the mark of what was shown (operating_status.mark_of)."""

    status = forms.ChoiceField(label=_("The place is"), choices=OperatingStatus, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What visitors should know"),
        required=False,
        max_length=250,
        help_text=_("One or two sentences: what is closed, where to go instead. Not needed where it is open as usual."),
        widget=forms.TextInput(attrs={"size": 80}),
    )
    until = forms.DateTimeField(
        label=_("Until"),
        required=False,
        widget=LocalDateTimeInput,
        help_text=_("Eastern time. Then it is open as usual again. Empty: until somebody changes it."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def clean(self):
        cleaned = super().clean()
        status = cleaned.get("status")
        if status in (None, OperatingStatus.NORMAL):
            return cleaned
        if not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say in a sentence what visitors should know or do instead."))
        until = cleaned.get("until")
        if until is not None and until <= timezone.now():
            self.add_error("until", _("This time is past. Choose a later one, or none."))
        return cleaned
