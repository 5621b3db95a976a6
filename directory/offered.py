"""Where a service is offered and how patients get it there: as a page shows it at an instant."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from .models import Contact, Holiday, Location, LocationHours, Service
from .number_entries import numbers_of
from .place_now import PlaceNow, place_now
from .usual_hours import usual_hours_told


@dataclass(frozen=True)
class Offered:
    """A service at one place.

    `ways` are how patients get it, in words; () where nobody has said. `now` is of the offering's own hours, else of
    the location's. `usual` are the offering's own hours as of usual_hours_told; () where it has none. `contact` is its
    own published Contact, or None.
    """

    service: Service
    location: Location
    how_to_book: str
    now: PlaceNow
    ways: tuple = ()
    contact: Contact | None = None
    usual: tuple = ()


@dataclass(frozen=True)
class Reach:
    """How patients reach what a page is about.

    `contacts` are WhomToCall, and `offered` pairs: an Offered, and the WhomToCall of its own contact or None.
    """

    contacts: list
    offered: list

    @property
    def open_lines(self):
        """Return the OpenLines of the numbers and of the offered."""
        called = [*self.contacts, *(own for offer, own in self.offered if own)]
        now = [offer.now.line for offer, own in self.offered if offer.now.line]
        return [*now, *(line for each in called for line in each.open_lines)]

    @property
    def changes(self):
        """Return the instants at which any of it may be otherwise."""
        statuses = [offer.now.changes_at for offer, own in self.offered if offer.now.changes_at]
        return [*statuses, *(line.holds_until for line in self.open_lines)]


def offered_by(service, at):
    """Return the list of Offered of `service` at `at` (aware datetime), at published places, in their order."""
    offerings = service.offerings.filter(location__in=Location.objects.published(at))
    hours = Prefetch("location__hours_rows", LocationHours.objects.counting(at))
    return _told(offerings.select_related("location", "contact").prefetch_related(hours), at)


def offered_at(location, at):
    """Return the list of Offered of the published services at `location`, one with_hours(), from A to Z."""
    offerings = location.offerings.filter(service__in=Service.objects.published(at)).order_by("service__name", "pk")
    return _told(offerings.select_related("service", "contact"), at, location=location)


def reach(contacts, offered, at, *, is_shut=False):
    """Return the Reach of a page with these Contacts and Offered, in the queries of numbers_of.

    `is_shut` says that the page is of a place whose doors are shut.
    """
    called = numbers_of([*contacts, *(offer.contact for offer in offered if offer.contact)], at)
    return Reach(
        [called[contact.pk].behind_shut_doors if is_shut else called[contact.pk] for contact in contacts],
        [(offer, _own(offer, called)) for offer in offered],
    )


def _own(offer, called):
    if offer.contact is None:
        return None
    own = called[offer.contact.pk]
    return own if offer.now.status.has_doors_open else own.behind_shut_doors


def _told(offerings, at, *, location=None):
    offerings = list(offerings)
    on_holidays = any(offering.hours_line.holidays is not None for offering in offerings)
    holidays = Holiday.objects.counting(at) if on_holidays else []
    return [_offered(offering, location or offering.location, holidays, at) for offering in offerings]


def _offered(offering, location, holidays, at):
    line, contact = offering.hours_line, offering.contact
    hours = line.hours(holidays) if line.weekly or line.special else None
    return Offered(
        service=offering.service,
        location=location,
        how_to_book=offering.how_to_book,
        now=place_now(location, at, hours),
        ways=tuple(ways_of(offering)),
        contact=contact if contact and contact.is_published_at(at) else None,
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
