"""Where a date takes place: at its own location, else at that of its part of the series, else at the event's."""

from django.db.models import Case, F, Q, When
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from .models import DateStatus, Event, EventDate, SeriesChange


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


def where_told(date, *, with_address=False):
    """Return in one line where an EventDate takes place, or that it is online; "" where nobody has said."""
    if date.status == DateStatus.MOVED_ONLINE:
        return _("Online")
    return place_told(*date.where, online=date.online, with_address=with_address)


def place_told(location, place, *, online, with_address=False):
    """Return in one line `place` (a room, or "") in `location` (or None), and whether one can take part from home."""
    parts = [place]
    if location:
        parts += [location.name, *(location.address_lines if with_address else ())]
    told = ", ".join(dict.fromkeys(part for part in parts if part))
    if not online:
        return told
    return _("%(place)s, or online") % {"place": told} if told else _("Online")
