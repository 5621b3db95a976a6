"""The phone list as data for other sites and apps: in JSON a contact with its numbers, in CSV a row a number."""

import csv
import io
import json
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.batches import batches
from publishing.head import absolute
from publishing.spreadsheet_cells import plain_cell
from search.sources import several

from .belonging import belongings_of
from .models import Contact, ContactNumber, NumberCheck

SCHEMA_VERSION = 1  # a new field keeps it; one that goes or means something else raises it
READ_AT_ONCE = 2_000  # contacts; SQLite takes no more than some ten thousand values in one query

# What each field means, as the page that documents them prints it: (name, type, meaning, whether CSV has it too).
FIELDS = [
    ("generated_at", _("instant"), _("When this answer was made."), False),
    ("schema_version", _("number"), _("Stays as long as no field goes or changes its meaning."), False),
    (
        "demonstration",
        _("true or false"),
        _("True: some contacts may be made up. Never show them to patients."),
        False,
    ),
    ("documentation", _("address"), _("This page."), False),
    ("notice", _("text"), _("To be shown with the numbers."), False),
    ("id", _("number"), _("Names the contact and stays."), True),
    ("section", _("text"), _("The heading under which the contact stands."), True),
    ("name", _("text"), _("Whom the numbers reach."), True),
    ("title", _("text"), _("What a person is; empty for a department."), True),
    ("also_known_as", _("list of texts"), _("Other words for it; in CSV with commas between."), True),
    ("note", _("text"), _("A line for visitors."), True),
    ("email", _("text"), _("May be empty."), True),
    ("web", _("address"), _("May be empty."), True),
    ("languages", _("list of texts"), _("Spoken on the phone; in CSV with commas between."), True),
    ("belongs_to", _("list of objects"), _("kind (place, service or person), name, url; in CSV the names."), True),
    ("checked_on", _("date or null"), _("When all its numbers were last found right; null or empty: not yet."), True),
    ("changed_at", _("instant"), _("When the contact was last changed."), True),
    ("url", _("address"), _("Where it stands on our page."), True),
    ("vcard", _("address"), _("The contact as a vCard."), True),
    ("numbers", _("list of objects"), _("The following fields; in CSV each number is a row of its own."), False),
    ("kind", _("text"), _("voice, tty, fax, text, short_code or relay; in CSV empty without a number."), True),
    ("label", _("text"), _("Which of several."), True),
    ("displayed", _("text"), _("The number as we write it, with its extension."), True),
    ("dial", _("address"), _("tel: or sms: and the number as +1 and ten digits; fax: tel:. Without extension."), True),
    ("extension", _("text"), _("To be dialled after the number; empty for none."), True),
    ("hours", _("text"), _("As in “Mon-Fri 8 AM-4:30 PM; holidays closed; by appointment”; may be empty."), True),
]
COLUMNS = [name for name, _type, _meaning, in_csv in FIELDS if in_csv]
NOTICE = _("In an emergency call 911. Numbers change: show when you fetched them, and fetch them every day.")


def directory_as_data(at):
    """Return what directory.json says at `at` (aware datetime), without the instant of its making."""
    return {
        "schema_version": SCHEMA_VERSION,
        "demonstration": settings.DEMONSTRATION,
        "documentation": absolute(reverse("directory:open_data")),
        "notice": str(NOTICE),
        "contacts": contacts_as_data(Contact.objects.published(at), at),
    }


def contacts_as_data(contacts, at):
    """Return a dict by FIELDS for each of `contacts`, a queryset. What only staff may read is in none of them."""
    contacts = list(contacts.select_related("section"))
    page = absolute(reverse("directory:contact_list"))
    return [
        _contact(contact, belongings, page)
        for batch in batches(contacts, READ_AT_ONCE)
        for contact, belongings in _with_parts(batch, at)
    ]


def newest_change(contacts):
    """Return when one of `contacts`, as of contacts_as_data, was last changed (aware datetime); None of none."""
    return max((datetime.fromisoformat(contact["changed_at"]) for contact in contacts), default=None)


def json_of(data):
    """Return `data` as the bytes of a JSON file."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def csv_of(contacts):
    """Return `contacts`, as of contacts_as_data, as the bytes of a CSV file; no cell runs as a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for contact in contacts:
        for number in contact["numbers"] or [{}]:
            row = contact | number
            writer.writerow([plain_cell(_cell(row.get(column))) for column in COLUMNS])
    return file.getvalue().encode()


def _with_parts(contacts, at):
    """Return (contact, its Belongings) of each, with numbers and checks fetched."""
    numbers = Prefetch("numbers", ContactNumber.objects.order_by("position", "pk"))
    prefetch_related_objects(contacts, numbers, Prefetch("checks", NumberCheck.objects.newest()))
    belongings = belongings_of(contacts, at)
    return [(contact, belongings.get(contact.pk, ())) for contact in contacts]


def _contact(contact, belongings, page):
    checked_on = contact.checked_on
    return {
        "id": contact.pk,
        "section": contact.section.name,
        "name": contact.name,
        "title": contact.title,
        "also_known_as": list(several(contact.also_known_as)),
        "note": contact.note,
        "email": contact.email,
        "web": contact.web,
        "languages": list(several(contact.languages)),
        "belongs_to": [{"kind": each.kind, "name": each.name, "url": absolute(each.path)} for each in belongings],
        "checked_on": checked_on.isoformat() if checked_on else None,
        "changed_at": contact.changed_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "url": f"{page}#contact-{contact.pk}",
        "vcard": absolute(reverse("directory:contact_card", args=[contact.pk])),
        "numbers": [_number(number) for number in contact.numbers.all()],
    }


def _number(number):
    by_text = number.kind in (ContactNumber.Kind.TEXT, ContactNumber.Kind.SHORT_CODE)
    return {
        "kind": number.kind,
        "label": number.label,
        "displayed": number.displayed,
        "dial": f"{'sms' if by_text else 'tel'}:{number.short_code or number.number.as_e164}",
        "extension": number.extension,
        "hours": number.hours,
    }


def _cell(value):
    """Return a value of FIELDS as a text: of a list the texts or names, with commas between."""
    if isinstance(value, list):
        return ", ".join(each["name"] if isinstance(each, dict) else each for each in value)
    return value
