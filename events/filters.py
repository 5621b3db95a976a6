"""By what visitors choose among events. All of it stands in the address, and what cannot be is told in words."""

from django import forms
from django.db.models import Q, Value
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from directory.forms import NOT_ON_THE_LIST, FilterForm
from directory.models import Location
from publishing.local_time import day_after, local_midnight
from publishing.months import is_in_calendar
from search.words import folded

from .models import Audience, Event, EventDate, Topic
from .places import at_location, events_at


def _choice(label):
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": NOT_ON_THE_LIST})


class DayField(forms.DateField):
    """A day that a calendar of our time has."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, label):
        wrong = _("There is no such day. Write it as year-month-day, such as 2026-12-24.")
        super().__init__(label=label, required=False, input_formats=["%Y-%m-%d"], error_messages={"invalid": wrong})

    def to_python(self, value):
        day = super().to_python(value)
        if day and not is_in_calendar(day):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class EventFilterForm(FilterForm):
    """The filters of the lists of events. `choices` are of `choices_in`: what the events have that can be chosen."""

    topic = _choice(_("Topic"))
    location = _choice(_("Location"))
    audience = _choice(_("For whom"))
    language = _choice(_("Language"))
    online = forms.BooleanField(label=_("Online"), required=False)
    free = forms.BooleanField(label=_("Free"), required=False)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        found = choices
        self.with_language = {}
        for _value, text in found["language"]:
            for language in filter(None, (part.strip() for part in text.split(","))):
                self.with_language.setdefault(language, set()).add(text)
        self.location_keys = found["location keys"]
        self.offer("topic", _("Any topic"), found["topic"])
        self.offer("location", _("Any location"), found["location"])
        self.offer("audience", _("Anybody"), found["audience"])
        languages = sorted(self.with_language, key=folded)
        self.offer("language", _("Any language"), [(each, each) for each in languages])
        self.offered = {name for name in self.fields if len(getattr(self.fields[name], "choices", ())) > 1}
        self.offered |= {name for name in ("online", "free") if found[name]}

    @property
    def shown(self):
        """Return the fields that visitors can choose with: those that have events, and those that were filled in."""
        days = {"from", "to"}
        return [field for field in self if field.name in self.offered | days or field.value()]

    def fitting(self, dates):
        """Return those of `dates`, a queryset of EventDate, that are where it was asked, whatever day they are on."""
        asked = self.cleaned_data
        if asked["location"]:
            dates = dates.filter(at_location(self.location_keys[asked["location"]]))
        if asked["online"]:
            dates = dates.filter(Q(event__online=True) | Q(status="moved_online"))
        return dates

    def fitting_without_a_day(self, events):
        """Return those of `events`, a queryset of Event without a day, that fit; none where days were asked for."""
        asked = self.cleaned_data
        if asked.get("from") or asked.get("to"):
            return events.none()
        events = self.fitting_events(events)
        if asked["location"]:
            events = events.filter(location__slug=asked["location"])
        return events.filter(online=True) if asked["online"] else events

    def fitting_events(self, events):
        """Return those of `events`, a queryset of Event, that fit what was asked but for where and when they are."""
        asked = self.cleaned_data
        if asked["topic"]:
            events = events.filter(topics__slug=asked["topic"])
        if asked["audience"]:
            events = events.filter(audiences__slug=asked["audience"])
        if asked["language"]:
            events = events.filter(languages__in=self.with_language[asked["language"]])
        return events.filter(free=True) if asked["free"] else events

    @property
    def among(self):
        """Return the keys of the few events that can fit, a queryset; None where it could be any."""
        asked = self.cleaned_data
        if asked["topic"]:
            return Event.topics.through.objects.filter(topic__slug=asked["topic"]).values("event")
        if asked["audience"]:
            return Event.audiences.through.objects.filter(audience__slug=asked["audience"]).values("event")
        return events_at(self.location_keys[asked["location"]]) if asked["location"] else None

    @property
    def told(self):
        """Return what was asked for, as a list of (label, words)."""
        said = []
        for name, value in self.cleaned_data.items():
            if not value:
                continue
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                words = dict(field.choices)[value]
            else:
                words = "" if value is True else date_format(value, "DATE_FORMAT")
            said.append((field.label, words))
        return said


class DatedFilterForm(EventFilterForm):
    """The filters of the list, with the days between which to look."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from"] = DayField(_("From"))
        self.fields["to"] = DayField(_("To"))

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and last < first:
            self.add_error("to", _("The last day lies before the first."))
        return cleaned

    def span(self, at):
        """Return (after, before), the aware datetimes between which to look; `before` may be None. `at` is now."""
        first, last = self.cleaned_data["from"], self.cleaned_data["to"]
        after = max(at, local_midnight(first)) if first else at
        return after, local_midnight(day_after(last)) if last else None


def choices_in(events):
    """Return {field: list of (value, label)} of what `events`, a queryset, have, in one query.

    With them goes {"location keys": {value: key}}.
    """
    events = events.order_by()
    dates = EventDate.objects.filter(event__in=events)
    places = Q(pk__in=events.values("location"))
    places |= Q(pk__in=dates.exclude(location=None).values("location"))
    places |= Q(pk__in=dates.exclude(change__location=None).values("change__location"))

    def rows(name, queryset, value="slug", label="name", key="pk"):
        return queryset.order_by().values_list(Value(name), value, label, key)

    topics = Event.topics.through.objects.filter(event__in=events)
    audiences = Event.audiences.through.objects.filter(event__in=events)
    nothing, no_key = Value(""), Value(0)
    found = {"topic": [], "location": [], "audience": [], "language": [], "online": [], "free": []}
    asked = rows("topic", Topic.objects.filter(pk__in=topics.values("topic"))).union(
        rows("audience", Audience.objects.filter(pk__in=audiences.values("audience"))),
        rows("location", Location.objects.published().filter(places)),
        rows("language", events.exclude(languages=""), "languages", "languages", no_key).distinct(),
        rows("online", events.filter(online=True), nothing, nothing, no_key).distinct(),
        rows("free", events.filter(free=True), nothing, nothing, no_key).distinct(),
        all=True,
    )
    location_keys = {}
    for name, value, label, key in asked:
        found[name].append((value, label))
        if name == "location":
            location_keys[value] = key
    found = {name: sorted(pairs, key=lambda pair: folded(pair[1])) for name, pairs in found.items()}
    return found | {"location keys": location_keys}
