"""Contacts and what belongs to them, for a list that is asked for with every letter that somebody types.

Written by hand: Django takes five to ten times as long to write such a question down as the database to answer it.
"""

from collections import defaultdict

from publishing.models import published_sql
from search.sql import places

from .models import Contact, ContactNumber, NumberCheck


def columns_of(model, table):
    """Return the columns of `model` for a SELECT from `table`. By name: "*" would be other ones after a migration."""
    return ", ".join(f"{table}.{field.column}" for field in model._meta.concrete_fields)


_CONTACT = columns_of(Contact, "contact")
_NUMBER = columns_of(ContactNumber, "number")
_CHECK = columns_of(NumberCheck, "made")


def public_contacts(ids, at):
    """Return {pk: Contact} of those with these primary keys, a list, that are public at `at` (aware datetime)."""
    if not ids:
        return {}
    public, instants = published_sql("contact", at)
    sql = f"SELECT {_CONTACT} FROM directory_contact contact WHERE contact.id IN ({places(ids)}) AND {public}"  # noqa: S608  our own parts
    return {contact.pk: contact for contact in Contact.objects.raw(sql, [*ids, *instants])}


def numbers_by_contact(contacts):
    """Return {pk: list of ContactNumbers in their order} of Contacts, in one query."""
    ids = [contact.pk for contact in contacts]
    sql = f"""SELECT {_NUMBER} FROM directory_contactnumber number
        WHERE number.contact_id IN ({places(ids)}) ORDER BY number.position, number.id"""  # noqa: S608  our own parts
    numbers = defaultdict(list)
    for number in ContactNumber.objects.raw(sql, ids):
        numbers[number.contact_id].append(number)
    return numbers


def newest_checks_by_contact(contacts):
    """Return {pk: list of NumberChecks} of Contacts, in one query: as of NumberCheckQuerySet.newest()."""
    ids = [contact.pk for contact in contacts]
    sql = f"""SELECT {_CHECK} FROM directory_numbercheck made
        WHERE made.contact_id IN ({places(ids)}) AND made.undone_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM directory_numbercheck later
            WHERE later.contact_id = made.contact_id AND later.number = made.number AND later.undone_at IS NULL
            AND (later.checked_at > made.checked_at OR (later.checked_at = made.checked_at AND later.id > made.id))
        )"""  # noqa: S608  our own parts
    checks = defaultdict(list)
    for check in NumberCheck.objects.raw(sql, ids):
        checks[check.contact_id].append(check)
    return checks
