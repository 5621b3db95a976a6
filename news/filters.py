"""By what a reader narrows the posts of a year or a month. It stands in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.forms import NOT_ON_THE_LIST, FilterForm


def _choice(label):
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": NOT_ON_THE_LIST})


class ArchiveFilterForm(FilterForm):
    """`topics` and `locations` are those that can be chosen; the cleaned values are one of them, or None for any."""

    topic = _choice(_("Topic"))
    location = _choice(_("Facility"))

    def __init__(self, *args, topics, locations, **kwargs):
        super().__init__(*args, **kwargs)
        self.things = {
            "topic": {topic.slug: topic for topic in topics},
            "location": {location.slug: location for location in locations},
        }
        for name, label in (("topic", _("Any topic")), ("location", _("Any facility"))):
            self.offer(name, label, [(slug, str(thing)) for slug, thing in self.things[name].items()])

    def clean_topic(self):
        return self.things["topic"].get(self.cleaned_data["topic"])

    def clean_location(self):
        return self.things["location"].get(self.cleaned_data["location"])
