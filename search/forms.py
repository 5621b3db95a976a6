from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from publishing.months import FIRST_YEAR, LAST_YEAR

from .asked import Asked
from .questions import LONGEST
from .sources import source_of, sources

NOT_A_DAY = _("This is no day of the calendar. Give it as 2026-12-05 or 12/05/2026.")
OUT_OF_REACH = _("Give a day between the years %(first)d and %(last)d.")


class DayField(forms.DateField):
    """A day, or none. The browser shows its calendar; where it has none, a day can be typed."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": NOT_A_DAY}
    default_validators = [
        MinValueValidator(date(FIRST_YEAR, 1, 1), OUT_OF_REACH % {"first": FIRST_YEAR, "last": LAST_YEAR}),
        MaxValueValidator(date(LAST_YEAR, 12, 31), OUT_OF_REACH % {"first": FIRST_YEAR, "last": LAST_YEAR}),
    ]


class SearchForm(forms.Form):
    """What a visitor looks for, and by what it is narrowed.

    Words are taken as they are typed, with blanks in place of what is no text; of a very long text the beginning.
    A filter that cannot be is told in words, and the results are shown without it.
    """

    q = forms.CharField(required=False)
    kind = forms.CharField(required=False)
    topic = forms.SlugField(
        required=False,
        max_length=120,
        allow_unicode=True,
        error_messages={"invalid": _("There is no such topic: the results are of all topics.")},
    )
    exact = forms.BooleanField(required=False)

    def __init__(self, data):
        typed = " ".join(data.get("q", "").replace("\0", " ").split())
        self.is_shortened = len(typed) > LONGEST
        super().__init__({**data.dict(), "q": typed[:LONGEST]})
        if source := source_of(data.get("kind", "")):
            self.takes_place = source.takes_place
        else:
            self.takes_place = False
        if self.takes_place:  # "from" is a word of Python
            self.fields["from"] = DayField(label=_("From"), required=False)
            self.fields["to"] = DayField(label=_("To"), required=False)

    def clean_kind(self):
        kind = self.cleaned_data["kind"]
        if kind and kind not in {source.kind for source in sources()}:
            raise forms.ValidationError(_("There is no such kind: the results are of all kinds."))
        return kind

    def clean(self):
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and last < first:
            self.add_error("to", _("The last day lies before the first."))

    @property
    def asked(self):
        """Return the Asked of what can be read, whatever else was sent."""
        self.full_clean()
        given = self.cleaned_data
        return Asked(
            text=given.get("q", ""),
            kind=given.get("kind", ""),
            topic=given.get("topic", ""),
            first_day=given.get("from"),
            last_day=given.get("to"),
            as_typed=given.get("exact", False),
        )
