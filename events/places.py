"""At which location a date takes place: its own, else that of its part of the series, else the event's."""

from django.db.models import Case, F, Q, When
from django.db.models.lookups import Exact

from .models import Event, EventDate, SeriesChange


def at_location(key):
    """Return the condition, on EventDate, that a date is at the location with `key`. As `EventDate.where` has it."""
    told = [~Q(**{f"{of}location": None}) | ~Q(**{f"{of}place": ""}) for of in ("", "change__")]
    by_date, by_change = told[0], Q(change__isnull=False) & told[1]
    location = Case(
        When(by_date, then=F("location")), When(by_change, then=F("change__location")), default=F("event__location")
    )
    return Exact(location, key)


def events_at(key):
    """Return the keys of the events of which a date may be at the location with `key`, as a queryset for `among`."""
    parts = [rows.order_by().filter(location=key).values("event") for rows in (EventDate.objects, SeriesChange.objects)]
    return Event.objects.order_by().filter(location=key).values("pk").union(*parts)
