"""The classes and events that belong to a service."""

from django.utils.translation import gettext as _

from directory.related import RelatedLink, RelatedLinks

from .models import Event, EventDate
from .shown import start_told

SHOWN = 3


def events_of(service, at):
    """Return the RelatedLinks of the events of `service` that are to come at `at`, the next date first.

    A date that does not take place is passed over: the next one of its event that does is told.
    """
    events = Event.objects.published(at).filter(services=service)
    theirs = Event.services.through.objects.filter(service=service).values("event")
    dates = EventDate.objects.taking_place().next_of_each(events, at, among=theirs)
    links = [
        RelatedLink(date.event.title, date.get_absolute_url(), start_told(date))
        for date in dates.select_related("event")[:SHOWN]
    ]
    self_paced = events.any_time()[: SHOWN - len(links)]
    links += [RelatedLink(event.title, event.get_absolute_url(), _("Any time")) for event in self_paced]
    return RelatedLinks(_("Classes and events"), links)
