from directory.models import Person, Service

from .contacts import contact_of
from .files import read
from .storing import Tally, store


def load_people(now):
    """Store the leaders, who are real, and the providers, of whom none is."""
    content = read("people")
    new = 0
    for place, spec in enumerate(content["leaders"], start=1):
        contact = contact_of(spec.pop("contact"))
        _, is_new = store(
            Person, {"slug": spec.pop("slug")}, contact=contact, leadership_position=place, published_at=now, **spec
        )
        new += is_new
    for spec in content["providers"]:
        biography, services = spec.pop("biography").strip(), spec.pop("services", [])
        person, is_new = store(
            Person,
            {"slug": spec.pop("slug")},
            provider=True,
            biography=biography,
            published_at=now,
            demonstration=True,
            **spec,
        )
        new += is_new
        if is_new:
            person.services.set(Service.objects.filter(slug__in=services))
    return Tally("people", len(content["leaders"]) + len(content["providers"]), new)
