"""The form of an event: what the model has, the patterns of a series, and a list of time zones."""

from functools import cache
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Event
from ..rule_form import SeriesFields

_AMERICAN = [
    ("America/New_York", _("Eastern")),
    ("America/Chicago", _("Central")),
    ("America/Denver", _("Mountain")),
    ("America/Phoenix", _("Mountain without daylight saving (Arizona)")),
    ("America/Los_Angeles", _("Pacific")),
    ("America/Anchorage", _("Alaska")),
    ("Pacific/Honolulu", _("Hawaii")),
    ("America/Puerto_Rico", _("Atlantic (Puerto Rico)")),
]


@cache
def _others():
    first = {name for name, _label in _AMERICAN}
    regions = (
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    )
    return [*sorted(name for name in available_timezones() - first if name.startswith(regions)), "UTC"]


def zones():
    """Return the choices of a time zone, those of the United States first."""
    return [
        ("", _("The hospital’s (Eastern time)")),
        (_("United States"), _AMERICAN),
        (_("Elsewhere"), [(name, name.replace("_", " ")) for name in _others()]),
    ]


class EventForm(SeriesFields):
    zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=zones,
        help_text=_("Another one than the hospital’s is told to visitors."),
        error_messages={"invalid_choice": _("There is no time zone “%(value)s”. Choose one of the list.")},
    )

    class Meta:
        model = Event
        fields = ["first_day", "rule", "extra_days", "left_out"]  # the admin says which others

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = {name for name, _label in _AMERICAN} | {"", *_others()}
        if "zone" in self.fields and self.instance.zone not in known:  # an older name, such as US/Eastern
            self.fields["zone"].choices = [*zones(), (self.instance.zone, self.instance.zone)]
