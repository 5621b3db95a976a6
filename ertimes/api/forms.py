"""What a message may hold: a form for its frame and one for each row."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models.reading import CLOCKS_DIFFER
from ..visits import LONGEST_VISIT_ID
from .fields import JsonFlag, JsonInstant, JsonNumber, JsonText

MOST_READINGS = 100  # each is judged by those around it, which takes about 10 ms
MOST_VISITS = 500
LONGEST_NAME_TOLD = 64  # of a field that nobody asked for


class JsonForm(forms.Form):
    """A form over a JSON object that refuses names it does not know, so that nothing sent is dropped silently."""

    beside = ()  # names that stand in the object and are read by others

    def clean(self):
        for name in sorted(self.data.keys() - self.fields.keys() - set(self.beside)):
            self.add_error(None, ValidationError(_("There is no such field. Leave it out."), params={"field": name}))
        return super().clean()

    def told_errors(self):
        """Return what is wrong, a list of {"field": name, "problem": sentence}; the values are not repeated."""
        return [
            {"field": (error.params or {}).get("field", name)[:LONGEST_NAME_TOLD], "problem": error.messages[0]}
            for name, errors in self.errors.as_data().items()
            for error in errors
        ]


class ReadingsForm(JsonForm):
    """The frame of a message with readings."""

    beside = ("readings",)

    event_id = JsonText(max_length=64)


class ReadingForm(JsonForm):
    """One reading: the wait that was measured at an instant, in minutes."""

    observed_at = JsonInstant(oldest=timedelta(days=7))
    wait_minutes = JsonNumber(least=0, most=1440)
    sample_size = JsonNumber(least=0, most=10_000, whole=True, required=False)
    valid_for_minutes = JsonNumber(least=1, most=240, required=False)


class VisitsForm(JsonForm):
    """The frame of a message with visits; `as_of` is up to when it tells all that is known."""

    beside = ("visits",)

    event_id = JsonText(max_length=64)
    as_of = JsonInstant(oldest=timedelta(days=7))

    def clean_as_of(self):
        as_of = self.cleaned_data["as_of"]
        if as_of > timezone.now() + CLOCKS_DIFFER:
            raise ValidationError(_("This time is still to come."))
        return as_of


class VisitForm(JsonForm):
    """What is told of one visit; whether its instants can be so is `visits.check_report`'s to say."""

    visit_id = JsonText(max_length=LONGEST_VISIT_ID)
    arrived_at = JsonInstant(oldest=timedelta(days=7))
    seen_at = JsonInstant(oldest=timedelta(days=7), required=False)
    left_at = JsonInstant(oldest=timedelta(days=7), required=False)
    cancelled = JsonFlag(required=False)
