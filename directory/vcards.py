"""Contacts, places and people as vCards 3.0 (RFC 2426), the version that every phone imports.

An extension stands after a pause, as in the links of the pages: an imported number is dialled as it is written.
What a number is for is told twice: by TYPE where there is one, and by the label that phones show (X-ABLabel).
"""

from datetime import UTC
from urllib.parse import urlsplit

import vobject
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing.head import absolute

from .hours_line import HoursLine
from .usual_hours import usual_hours_told


def contact_vcard(contact, entry):
    """Return the vCard of a Contact, as bytes; `entry` is its Entry."""
    card = _card("contact", contact, entry.name)
    card.n.value = vobject.vcard.Name(family=_line(entry.name))
    if entry.title:
        card.add("title").value = _line(entry.title)
    _add_numbers(card, entry.numbers or [entry.instead])
    if entry.email:
        card.add("email").value = _line(entry.email)
    page = f"{reverse('directory:contact_list')}#contact-{entry.pk}"
    _add_address(card, entry.web or absolute(page))
    also = [_("Also called: %(names)s") % {"names": entry.also}] if entry.also else []
    languages = [_("Languages: %(languages)s") % {"languages": entry.languages}] if entry.languages else []
    missing = [] if entry.numbers else [_("No number of its own. Ask at the main number.")]
    _add_note(card, [*missing, *entry.hours.usual, entry.note, *also, *languages])
    return _written(card)


def location_vcard(location, entries, at):
    """Return the vCard of a Location with the numbers of its `entries`, as bytes. Fetch with_hours() before."""
    card = _card("location", location, location.name)
    card.n.value = vobject.vcard.Name(family=_line(location.name))
    _add_place(card, location)
    for entry in entries:
        _add_numbers(card, entry.numbers, prefix=entry.name)
    _add_address(card, absolute(location.get_absolute_url()))
    hours = location.opening_hours
    usual = usual_hours_told(HoursLine(hours.weekly, hours.special), at) or location.hours.splitlines()
    status = location.status_at(at)
    _add_note(card, [*([location.status_note] if status != "normal" else []), *usual, location.hours_note])
    return _written(card)


def person_vcard(person, entry, locations):
    """Return the vCard of a Person with the numbers of `entry`, an Entry or None, and `locations`, as bytes."""
    card = _card("person", person, person.full_name)
    family, _comma, given = person.sort_name.partition(",")
    card.n.value = vobject.vcard.Name(family=_line(family), given=_line(given), suffix=_line(person.credentials))
    if person.title_lines:
        card.add("title").value = _line(", ".join(person.title_lines))
    if entry:
        _add_numbers(card, entry.numbers)
    for location in locations:
        _add_place(card, location)
    _add_address(card, absolute(person.get_absolute_url()))
    languages = [_("Languages: %(languages)s") % {"languages": person.languages}] if person.languages else []
    _add_note(card, [person.specialties, *languages, *(entry.hours.usual if entry else ())])
    return _written(card)


def _card(kind, thing, name):
    """Return a vCard with what all have: the name as it is shown, the hospital, and what tells one from another."""
    card = vobject.vCard()
    card.add("prodid").value = f"-//{_line(settings.SITE_NAME)}//Directory//EN"
    card.add("uid").value = f"{kind}-{thing.pk}@{urlsplit(settings.SITE_URL).hostname}"
    card.add("rev").value = f"{thing.changed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    card.add("fn").value = _line(name)
    card.add("n")
    card.add("org").value = [_line(settings.SITE_NAME)]
    return card


def _add_numbers(card, numbers, prefix=""):
    """Add a TEL for each of `numbers`, NumberEntries; `prefix` stands before the label of each."""
    for number in numbers:
        tel = card.add("tel")
        tel.value = number.dialled
        tel.type_param = number.card_types
        label = ", ".join(_line(part) for part in (prefix, number.kind, number.label) if part)
        if label:
            tel.group = f"item{len(card.contents['tel'])}"
            shown = card.add("x-ablabel")
            shown.group, shown.value = tel.group, label


def _add_place(card, location):
    if not location.address_lines:
        return
    address = card.add("adr")
    address.type_param = "WORK"
    address.value = vobject.vcard.Address(
        street=_line(location.street),
        city=_line(location.city),
        region=_line(location.state),
        code=_line(location.postal_code),
    )


def _add_address(card, address):
    # The library would put a backslash before these two, which is right in a text and wrong in an address.
    card.add("url").value = _line(address).replace(",", "%2C").replace(";", "%3B")


def _add_note(card, sentences):
    told = [_line(sentence) for sentence in sentences if sentence]
    if told:
        card.add("note").value = "\n".join(told)


def _line(text):
    """Return `text` as one line without control characters."""
    return " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())


def _written(card):
    return card.serialize().encode()
