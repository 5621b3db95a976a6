from directory.models import Location

from .contacts import contacts_of
from .files import read
from .storing import Tally, store


def load_locations(now):
    specs = read("locations")["locations"]
    new = 0
    for place, spec in enumerate(specs, start=1):
        contacts = spec.pop("contacts", [])
        spec.setdefault("state", "")  # only what the sources say of the place itself
        location, is_new = store(Location, {"slug": spec.pop("slug")}, position=place * 10, published_at=now, **spec)
        new += is_new
        if is_new:
            location.contacts.set(contacts_of(contacts))
    return Tally("locations", len(specs), new)
