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
    # By each role: there is an index of these alone.
    named = Contact.objects.published().exclude(role="").filter(role__in=Contact.Role.values)
    numbers = (
        ContactNumber.objects.filter(contact__in=named)
        .exclude(kind=ContactNumber.Kind.FAX)
        .select_related("contact")
        .order_by("-position", "-pk")
    )
    first = {number.contact.role: number for number in numbers}  # the lowest position is written last
    return Lifelines(main=first.get(Contact.Role.MAIN), emergency=first.get(Contact.Role.EMERGENCY))
