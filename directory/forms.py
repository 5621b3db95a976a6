"""The filters of the list pages. They stand in the address, and what cannot be is told beside its field."""

from django import forms
from django.utils.translation import gettext_lazy as _

from search.sources import several
from search.words import folded

NOT_ON_THE_LIST = _("Nothing here has that. Choose one of the list.")


class FilterForm(forms.Form):
    """Filters of which each may be left out; an address with none of them asks for everything."""

    @property
    def asked(self):
        """Return whether anything was asked for that can be."""
        return self.is_valid() and any(self.cleaned_data.values())

    def offer(self, name, anything, choices):
        """Let the field `name` take one of `choices`, pairs of (value, label), or nothing, which reads `anything`."""
        self.fields[name].choices = [("", anything), *choices]


def _choice(label):
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": NOT_ON_THE_LIST})


class LocationFilterForm(FilterForm):
    """The filters of the page of the places."""

    town = _choice(_("Town"))
    open = forms.BooleanField(label=_("Open now"), required=False)
    emergency = forms.BooleanField(label=_("With an emergency department"), required=False)

    def __init__(self, *args, towns=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("town", _("Any town"), [(town, town) for town in towns])

    def matching(self, places):
        """Return those of `places`, pairs of (Location, PlaceNow), that fit what was asked."""
        asked = self.cleaned_data
        return [
            (location, now)
            for location, now in places
            if asked["town"] in ("", location.city)
            and (now.is_open or not asked["open"])
            and (location.has_emergency_department or not asked["emergency"])
        ]


class ServiceFilterForm(FilterForm):
    """The filters of the services A to Z."""

    q = forms.CharField(
        label=_("What do you need?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )
    location = _choice(_("Location"))
    telehealth = forms.BooleanField(label=_("By video or telephone"), required=False)

    def __init__(self, *args, places=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("location", _("Any location"), [(place.slug, place.name) for place in places])

    def matching(self, services):
        """Return those of `services`, a queryset of Service, that fit all that was asked but the words."""
        asked = self.cleaned_data
        if asked["location"]:
            services = services.filter(locations__slug=asked["location"])
        if asked["telehealth"]:
            services = services.filter(telehealth=True)
        return services


class SectionForm(forms.Form):
    """The `section` of an address, by its slug."""

    section = forms.SlugField(max_length=120)


class PeopleFilterForm(FilterForm):
    """The filters of the people page. `said` are pairs of (specialties, languages) as they stand with the people."""

    name = forms.CharField(label=_("Name"), required=False, max_length=60)
    specialty = _choice(_("Specialty"))
    location = _choice(_("Location"))
    language = _choice(_("Language"))
    accepting = forms.BooleanField(label=_("Accepting new patients"), required=False)
    telehealth = forms.BooleanField(label=_("By video"), required=False)

    def __init__(self, *args, said=(), places=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.with_specialty = _texts_by_item(specialties for specialties, languages in said)
        self.with_language = _texts_by_item(languages for specialties, languages in said)
        self.offer("specialty", _("Any specialty"), _listed(self.with_specialty))
        self.offer("location", _("Any location"), [(place.slug, place.name) for place in places])
        self.offer("language", _("Any language"), _listed(self.with_language))

    def matching(self, people):
        """Return those of `people`, a queryset of Person, that fit all that was asked but the name."""
        asked = self.cleaned_data
        if asked["specialty"]:
            people = people.filter(specialties__in=self.with_specialty[asked["specialty"]])
        if asked["location"]:
            people = people.filter(locations__slug=asked["location"])
        if asked["language"]:
            people = people.filter(languages__in=self.with_language[asked["language"]])
        if asked["accepting"]:
            people = people.filter(accepting_new_patients=True)
        if asked["telehealth"]:
            people = people.filter(telehealth=True)
        return people


def _texts_by_item(texts):
    """Return {item: set of the texts that have it} of `texts`, lists with commas: "Surgery" is not "Oral Surgery"."""
    found = {}
    for text in texts:
        for item in several(text):
            found.setdefault(item, set()).add(text)
    return found


def _listed(items):
    return [(item, item) for item in sorted(items, key=folded)]
