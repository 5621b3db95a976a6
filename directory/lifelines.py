"""The two numbers that stand on every page."""

from dataclasses import dataclass

from django.db import connection

from publishing.instant import now
from publishing.models import published_sql

from .fetched import columns_of
from .models import Contact, ContactNumber

# By each role: there is an index of these alone. The lowest position comes last.
_SQL = f"""SELECT {columns_of(ContactNumber, "number")}, contact.name AS contact_name, contact.role AS contact_role
    FROM directory_contactnumber number JOIN directory_contact contact ON contact.id = number.contact_id
    WHERE contact.role <> '' AND contact.role IN ('{"', '".join(Contact.Role.values)}')
    AND number.kind <> '{ContactNumber.Kind.FAX}' AND {{public}}
    ORDER BY number.position DESC, number.id DESC"""  # noqa: S608  our own parts


@dataclass(frozen=True)
class Lifelines:
    """`main` and `emergency` are ContactNumbers, or None where the directory names none."""

    main: ContactNumber | None = None
    emergency: ContactNumber | None = None


def lifelines():
    """Return the hospital's Lifelines as the directory has them now, in one query."""
    # By hand: every page asks it, and Django takes ten times as long to write it down as the database to answer it.
    public, instants = published_sql("contact", now())
    first = {}
    for number in ContactNumber.objects.raw(_SQL.format(public=public), instants):
        told = (number.contact_id, number.contact_name, number.contact_role)
        number.contact = Contact.from_db(connection.alias, ["id", "name", "role"], told)
        first[number.contact_role] = number
    return Lifelines(main=first.get(Contact.Role.MAIN), emergency=first.get(Contact.Role.EMERGENCY))
