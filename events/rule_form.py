"""The small form in which an editor says how often something takes place.

Its fields stand on the form of an event and on that of a change of a series, beside the model's own fields `rule`,
`extra_days` and `left_out`, which it fills. A rule that no pattern can say stays as it is.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelForm
from django.utils.translation import gettext_lazy as _

from publishing.admin.widgets import LocalDateInput

from .patterns import MONTH_DAYS, WEEKDAYS, WHICH, Ending, Pattern, rule_of, values_of
from .recurrence import LARGEST_INTERVAL, MOST_DATES, checked_rule

_MONTH_DAYS = [("", _("as the first day")), *((day, day) for day in MONTH_DAYS[:-1]), ("-1", _("the last day"))]


class SeriesFields(ModelForm):
    """A form of a model with first_day, rule, extra_days and left_out."""

    repeats = forms.ChoiceField(label=_("Takes place"), choices=Pattern, required=False, initial=Pattern.ONCE)
    every = forms.IntegerField(
        label=_("Every how many weeks"), required=False, min_value=1, max_value=LARGEST_INTERVAL, initial=3
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On which weekdays"),
        required=False,
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: the weekday of the first day."),
    )
    which = forms.MultipleChoiceField(
        label=_("Which of the month"),
        required=False,
        choices=WHICH,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: as the first day is."),
    )
    weekday = forms.ChoiceField(label=_("Weekday"), required=False, choices=[("", _("as the first day")), *WEEKDAYS])
    month_day = forms.ChoiceField(
        label=_("Day of the month"),
        required=False,
        choices=_MONTH_DAYS,
        help_text=_("A month that does not have this day is left out."),
    )
    ends = forms.ChoiceField(label=_("How long"), required=False, choices=Ending, initial=Ending.NEVER)
    until = forms.DateField(label=_("Last possible day"), required=False, widget=LocalDateInput)
    count = forms.IntegerField(label=_("How many dates"), required=False, min_value=1, max_value=MOST_DATES)

    SERIES = ("repeats", "every", "weekdays", "which", "weekday", "month_day", "ends", "until", "count")
    _ASKED = {
        Pattern.WEEK: {"weekdays"},
        Pattern.OTHER_WEEK: {"weekdays"},
        Pattern.WEEKS: {"every", "weekdays"},
        Pattern.MONTH_WEEKDAY: {"which", "weekday"},
        Pattern.MONTH_DAY: {"month_day"},
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        series = self.instance
        first_day = series.first_day if series.first_day else None
        known = values_of(series.rule, series.extra_days, first_day)
        # What the address of an empty form proposes goes before.
        self.initial = {**known, **self.initial}

    def clean_rule(self):
        """Refuse it here: a form asks the model's clean() even of what the model's field refuses."""
        if self.data.get(self.add_prefix("repeats")) != Pattern.RULE:
            return ""
        return checked_rule(self.cleaned_data["rule"])

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        pattern = cleaned["repeats"] = cleaned.get("repeats") or Pattern.ONCE
        if pattern == Pattern.RULE:
            if not cleaned.get("rule") and "rule" not in self.errors:
                self.add_error("rule", _("Write the rule, such as FREQ=WEEKLY;BYDAY=TU, or choose another pattern."))
            return cleaned
        self._forget_what_is_not_asked(pattern, cleaned)
        cleaned["rule"] = ""
        self._clean_parts(pattern, cleaned)
        first_day = cleaned.get("first_day")
        if cleaned["repeats"] == Pattern.ONCE or self.errors.keys() & {"first_day", *self.SERIES}:
            return cleaned
        if first_day is None:
            self.add_error("repeats", _("Only an event with a day can repeat."))
            return cleaned
        try:
            cleaned["rule"] = checked_rule(rule_of(cleaned, first_day))
        except ValidationError as error:
            self.add_error("repeats", error)
        return cleaned

    def _forget_what_is_not_asked(self, pattern, cleaned):
        """Leave out what stands in fields that belong to another pattern, right or wrong."""
        endless = pattern in (Pattern.ONCE, Pattern.DATES)
        ending = {Ending.UNTIL: {"until"}, Ending.COUNT: {"count"}}.get(cleaned.get("ends"), set())
        asked = {"repeats", *self._ASKED.get(pattern, ())} | (set() if endless else {"ends"} | ending)
        for name in {"rule", *self.SERIES} - asked:
            self.errors.pop(name, None)
            cleaned.pop(name, None)

    def _clean_parts(self, pattern, cleaned):
        if pattern in (Pattern.ONCE, Pattern.DATES):
            self._drop_days(("extra_days", "left_out") if pattern == Pattern.ONCE else ("left_out",))
        if pattern == Pattern.DATES and not cleaned.get("extra_days") and "extra_days" not in self.errors:
            self.add_error("extra_days", _("List the further dates, such as 2026-12-24, with commas between."))
        if pattern in (Pattern.ONCE, Pattern.DATES):
            return
        for needed, name, told in (
            (pattern == Pattern.WEEKS, "every", _("Say every how many weeks.")),
            (cleaned.get("ends") == Ending.UNTIL, "until", _("Say until which day, or choose that it goes on.")),
            (cleaned.get("ends") == Ending.COUNT, "count", _("Say how many dates, or choose that it goes on.")),
        ):
            if needed and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, told)

    def _drop_days(self, names):
        """Empty lists of days that the pattern does not have; one that was just written is asked about instead."""
        for name in names:
            if name in self.errors:
                continue
            if self.cleaned_data.get(name) and name in self.changed_data:
                self.add_error(name, _("An event on these days has another pattern: choose it above."))
            elif name in self.fields:
                self.cleaned_data[name] = []

    def _update_errors(self, errors):
        """Tell what the model finds wrong with the rule at the field by which the rule was said."""
        told = getattr(errors, "error_dict", {})
        if "rule" in told and self.cleaned_data.get("repeats") != Pattern.RULE:
            place = "until" if self.cleaned_data.get("ends") == Ending.UNTIL else "repeats"
            told[place] = told.pop("rule")
        super()._update_errors(errors)
