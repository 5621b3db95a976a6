"""Phone numbers in texts must be those of the directory: a number is mended there, and nowhere else."""

import re

import phonenumbers
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from publishing.checks import Finding, Level

from .models import Contact, ContactNumber

# Dialled without an area code, and the same all over the country.
SHORT_CODES = {"211", "311", "411", "511", "611", "711", "811", "911", "988"}
FEWEST_DIGITS = 7
# So much stands in any number; looking closer takes a hundred times as long.
_DIGITS_IN_A_ROW = re.compile(rf"\d(?:[^\w\n]{{0,3}}\d){{{FEWEST_DIGITS - 1}}}")


def check_phone_numbers(manuscript):
    """Find numbers in texts and phone links that no live contact has, or whose extension none has."""
    mentions = [*_in_texts(manuscript), *_in_links(manuscript)]
    if not mentions:
        return
    numbers, short_codes = _known(manuscript)
    for words, number, link_or_passage in mentions:
        if number is None:
            if "".join(char for char in words if char.isdigit()) in short_codes:
                continue
            message = _("The directory does not know the number %(number)s: check it, or add it there.")
        else:
            called = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            if (called, number.extension or "") in numbers:
                continue
            if any(called == known for known, extension in numbers):
                if not number.extension:
                    continue  # the switchboard of a number with extensions
                message = _("The directory does not know the extension of %(number)s: check it, or add it there.")
            else:
                message = _("The directory does not know the number %(number)s: check it, or add it there.")
        yield Finding(
            Level.WARNING,
            "unknown-phone-number",
            message % {"number": words},
            link_or_passage.part,
            link_or_passage.field,
            words,
        )


def _in_texts(manuscript):
    """Return (words, PhoneNumber, passage) for each number that is written in a text."""
    for passage in manuscript.passages:
        for line in passage.text.split("\n"):
            if _DIGITS_IN_A_ROW.search(line):
                for match in phonenumbers.PhoneNumberMatcher(line, settings.PHONENUMBER_DEFAULT_REGION):
                    yield match.raw_string, match.number, passage


def _in_links(manuscript):
    """Return (words, PhoneNumber or None, link) for each tel: and sms: link; None where it is a short code or none."""
    for link in manuscript.links:
        scheme, _colon, dialled = link.href.partition(":")
        if scheme.lower() not in ("tel", "sms") or not any(map(str.isdigit, dialled)):
            continue
        # A comma is a pause, after which the extension is dialled.
        written = dialled.partition("?")[0].replace(",", ";ext=", 1)[:64]
        try:
            number = phonenumbers.parse(written, settings.PHONENUMBER_DEFAULT_REGION)
        except phonenumbers.NumberParseException:
            number = None
        if number is not None and sum(map(str.isdigit, written)) < FEWEST_DIGITS:
            number = None
        yield dialled[:64], number, link


def _known(manuscript):
    """Return the numbers as a set of (E.164, extension or "") and the short codes as a set, in one query."""
    live = Q(contact__in=Contact.objects.published(manuscript.at))
    if isinstance(manuscript.thing, Contact):
        live |= Q(contact=manuscript.thing)
    numbers, short_codes = {(settings.MAIN_PHONE, "")}, set(SHORT_CODES)
    for number, short_code in ContactNumber.objects.filter(live).order_by().values_list("number", "short_code"):
        if short_code:
            short_codes.add(short_code)
        elif number:
            numbers.add((number.as_e164, number.extension or ""))
    return numbers, short_codes
