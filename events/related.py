"""The classes and events that belong to a service."""

from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.related import RelatedLink, RelatedLinks

from .models import Event

SHOWN = 3


def events_of(service, at):
    """Return the RelatedLinks of the events of `service` that are not over at `at`, the next one first."""
    to_come = Q(ends_at__gt=at) | Q(timing=Event.Timing.ANY_TIME)
    events = Event.objects.published(at).filter(to_come, services=service)
    ordered = events.order_by(F("starts_at").asc(nulls_last=True), "pk")[:SHOWN]
    return RelatedLinks(
        _("Classes and events"),
        [RelatedLink(event.title, event.get_absolute_url(), _when(event)) for event in ordered],
    )


def _when(event):
    if event.timing == Event.Timing.ANY_TIME:
        return _("Any time")
    return date_format(event.first_day, "DATE_FORMAT")
