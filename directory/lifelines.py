"""The two numbers that stand on every page."""

from dataclasses import dataclass

from .models import Contact, ContactNumber


@dataclass(frozen=True)
class Lifelines:
    """`main` and `emergency` are ContactNumbers, or None where the directory names none."""

    main: ContactNumber | None = None
    emergency: ContactNumber | None = None


def lifelines():
    """Return the hospital's Lifelines as the directory has them now, in one query."""
    numbers = (
        ContactNumber.objects.filter(contact__in=Contact.objects.published().exclude(role=""))
        .exclude(kind=ContactNumber.Kind.FAX)
        .select_related("contact")
        .order_by("-position", "-pk")
    )
    first = {number.contact.role: number for number in numbers}  # the lowest position is written last
    return Lifelines(main=first.get(Contact.Role.MAIN), emergency=first.get(Contact.Role.EMERGENCY))
