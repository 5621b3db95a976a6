"""What a coordinator says of dates: their status, another day or place, another series from a day on."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.models import Location
from publishing.admin.widgets import LocalDateInput, LocalTimeInput
from publishing.months import checked_day

from .models import DateStatus, SeriesChange
from .rule_form import SeriesFields
from .zoned import is_skipped

MESSAGE_MOST = 2000


class Telling(forms.Form):
    """The part that all of them have: whether those registered are told, and in which words.

    `registered` is how many would be told. `seen` is the acts.mark_of what the coordinator had before him.
    """

    tell = forms.BooleanField(required=False, initial=True)
    message = forms.CharField(
        label=_("Message to them (may be empty)"),
        required=False,
        max_length=MESSAGE_MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The mail says by itself what has changed. Add what people should know or do."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, registered=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.registered = registered
        if registered:
            self.fields["tell"].label = ngettext(
                "Send a mail to the one who is registered or waiting",
                "Send a mail to all %(count)d who are registered or waiting",
                registered,
            ) % {"count": registered}
        else:
            del self.fields["tell"], self.fields["message"]

    @property
    def told_message(self):
        """Return the message, "" for the mail's own words alone, None where nobody is to be told."""
        return self.cleaned_data.get("message", "") if self.cleaned_data.get("tell") else None


class StatusForm(Telling):
    status = forms.ChoiceField(label=_("What becomes of it"), choices=DateStatus, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("In a sentence, on the page"),
        required=False,
        max_length=250,
        help_text=_("What people should know or do now. Not needed where it takes place as planned, or is full."),
        widget=forms.TextInput(attrs={"size": 80}),
    )

    def clean(self):
        cleaned = super().clean()
        told_by_itself = (None, DateStatus.ON, DateStatus.FULL)
        if cleaned.get("status") not in told_by_itself and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say in a sentence what people should know or do instead."))
        return cleaned


class ChangeForm(Telling):
    """Another day, other hours, another place of one date. `date` is the EventDate."""

    day = forms.DateField(label=_("Day"), widget=LocalDateInput)
    start_time = forms.TimeField(label=_("Begins"), widget=LocalTimeInput)
    end_time = forms.TimeField(label=_("Ends"), widget=LocalTimeInput, required=False)
    location = forms.ModelChoiceField(label=_("Location"), queryset=Location.objects.order_by("name"), required=False)
    place = forms.CharField(label=_("Room, or another address"), max_length=200, required=False)
    seats = forms.IntegerField(
        label=_("Seats on this date"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Empty: as many as the event says."),
    )

    def __init__(self, *args, date, **kwargs):
        self.date = date
        location, place = date.where
        known = {"day": date.first_day, "start_time": date.start_time, "end_time": date.end_time, "seats": date.seats}
        initial = {**known, "location": location, "place": place, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        if date.all_day:
            del self.fields["start_time"], self.fields["end_time"]

    def clean_day(self):
        return checked_day(self.cleaned_data["day"])

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("day")
        for name in ("start_time", "end_time"):
            if day and cleaned.get(name) and is_skipped(day, cleaned[name], self.date.zone):
                self.add_error(name, _("On that day the clocks are set forward and this time does not exist."))
        return cleaned

    @property
    def what(self):
        """Return the keyword arguments of acts.change."""
        values = self.cleaned_data
        return {
            "day": values["day"],
            "start_time": values.get("start_time"),
            "end_time": values.get("end_time"),
            "where": (values["location"], values["place"]),
            "seats": values["seats"],
        }


class PeopleForm(Telling):
    """To which date all those registered go. `dates` are the EventDates to choose from."""

    to = forms.TypedChoiceField(label=_("Move everybody to"), coerce=int, empty_value=None)

    def __init__(self, *args, dates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", "---------"), *dates]


class LaterForm(Telling, SeriesFields):
    """From a day on the series is otherwise. The instance is a SeriesChange with its event and `from_day`."""

    field_order = ["first_day", "start_time", "end_time", "repeats"]

    class Meta:
        model = SeriesChange
        fields = ["first_day", "start_time", "end_time", "rule", "extra_days", "left_out", "location", "place"]
        widgets = {"first_day": LocalDateInput, "start_time": LocalTimeInput, "end_time": LocalTimeInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.event.timing == self.instance.event.Timing.ALL_DAY:
            del self.fields["start_time"], self.fields["end_time"]

    def clean_first_day(self):
        return checked_day(self.cleaned_data["first_day"])

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start_time"), cleaned.get("end_time")
        one_day = not self.instance.event.several_days
        if start and end and one_day and end <= start:
            self.add_error("end_time", _("The event would end before it begins."))
        return cleaned

    def validate_unique(self):
        """Leave it: what is changed from the same day on already is replaced."""


def errors_at(form, error):
    """Show the ValidationError of an act at the fields of `form` that it names; the rest above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, messages in error.message_dict.items():
        form.add_error(name if name in form.fields else None, ValidationError(messages))
