"""Where a service is offered and how patients get it there: one offering as a page shows it at an instant."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from .models import Contact, Holiday, Location, LocationHours, Service
from .place_now import PlaceNow, place_now
from .usual_hours import usual_hours_told


@dataclass(frozen=True)
class Offered:
    """A service at one place.

    `ways` are how patients get it, in words; () where nobody has said. `now` is of the offering's own hours, else of
    the location's. `usual` are the offering's own hours as of usual_hours_told; () where it has none. `contact` is its
    own published Contact with numbers, or None.
    """

    service: Service
    location: Location
    how_to_book: str
    now: PlaceNow
    ways: tuple = ()
    contact: Contact | None = None
    usual: tuple = ()


def offered_by(service, at):
    """Return the list of Offered of `service` at `at` (aware datetime), at published places, in their order."""
    offerings = service.offerings.filter(location__in=Location.objects.published(at))
    hours = Prefetch("location__hours_rows", LocationHours.objects.counting(at))
    return _told(offerings.select_related("location").prefetch_related(hours), at)


def offered_at(location, at):
    """Return the list of Offered of the published services at `location`, one with_hours(), from A to Z."""
    offerings = location.offerings.filter(service__in=Service.objects.published(at)).order_by("service__name", "pk")
    return _told(offerings.select_related("service"), at, location=location)


def _told(offerings, at, *, location=None):
    contacts = Contact.objects.published(at).with_numbers()
    offerings = list(offerings.prefetch_related(Prefetch("contact", contacts)))
    on_holidays = any(offering.hours_line.holidays is not None for offering in offerings)
    holidays = Holiday.objects.counting(at) if on_holidays else []
    return [_offered(offering, location or offering.location, holidays, at) for offering in offerings]


def _offered(offering, location, holidays, at):
    line = offering.hours_line
    hours = line.hours(holidays) if line.weekly or line.special else None
    return Offered(
        service=offering.service,
        location=location,
        how_to_book=offering.how_to_book,
        now=place_now(location, at, hours),
        ways=tuple(ways_of(offering)),
        contact=offering.contact,
        usual=usual_hours_told(line, at),
    )


def ways_of(offering):
    """Return how patients get what `offering` offers, in words, those that ask least of them first."""
    return [
        word
        for is_so, word in [
            (offering.walk_in, _("Walk in, no appointment needed")),
            (offering.appointment, _("By appointment")),
            (offering.referral, _("Referral needed")),
        ]
        if is_so
    ]
