"""What a series comes to, told before it is saved: its first dates, how many there are and until when."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from publishing.months import is_in_calendar

from .models import Event
from .models.event import AHEAD
from .rule_form import SeriesFields
from .rule_words import series_told

SHOWN = 6


@dataclass(frozen=True)
class SeriesPreview:
    """`first` are the first dates, `count` is how many there are until `last`; of an endless one, until then only."""

    told: str
    first: list[date]
    count: int
    last: date
    endless: bool
    before_today: int

    @property
    def more(self):
        return self.count - len(self.first)


def preview_of(recurrence):
    """Return the SeriesPreview of `recurrence`, None where its parts do not fit together (the form says why)."""
    first_day = recurrence.first_day
    if first_day is None or not is_in_calendar(first_day):
        return None
    try:
        recurrence.check()
    except ValidationError:
        return None
    today = timezone.localdate()
    ends = max([recurrence.ends_on or first_day, *recurrence.extra_days])
    endless = bool(recurrence.rule) and recurrence.ends_on is None
    written = max(first_day, today) + AHEAD
    days = recurrence.days(first_day, min(ends + timedelta(days=1), written) if not endless else written)
    if not days:
        return None
    shown = [day for day in days if day >= today][:SHOWN] or days[-SHOWN:]
    passed = sum(day < today for day in days)
    return SeriesPreview(series_told(recurrence), shown, len(days), days[-1], endless or ends >= written, passed)


class SeriesPreviewForm(SeriesFields):
    """What of an event's form says its days; nothing else of it is asked or checked."""

    class Meta:
        model = Event
        fields = ["first_day", "rule", "extra_days", "left_out"]
        field_classes = {"first_day": forms.DateField}

    def _post_clean(self):
        for name in self.Meta.fields:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])
        first_day = self.instance.first_day
        if self.errors or first_day is None or not is_in_calendar(first_day):
            return
        try:
            self.instance.recurrence.check()
        except ValidationError as error:
            self._update_errors(error)
