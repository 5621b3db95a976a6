from directory.models import Location, Service

from .contacts import contacts_of
from .files import read
from .pictures import picture
from .storing import Tally, store


def load_services(now):
    """Store the services. Their texts are general and made up, so all of them count as demonstration."""
    specs = read("services")["services"]
    new = []
    for spec in specs:
        service, is_new = store(
            Service,
            {"slug": spec["slug"]},
            name=spec["name"],
            also_known_as=", ".join(spec["also_known_as"]),
            summary=spec["summary"],
            body=spec["body"].strip(),
            conditions="\n".join(spec.get("conditions", [])),
            image=picture(spec.get("image")),
            published_at=now,
            demonstration=True,
        )
        if is_new:
            new.append((service, spec.get("related", [])))
            service.contacts.set(contacts_of(spec["contacts"]))
            service.locations.set(Location.objects.filter(slug__in=spec.get("locations", [])))
    for service, related in new:
        service.related.add(*Service.objects.filter(slug__in=related))
    return Tally("services", len(specs), len(new))
