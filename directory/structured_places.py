"""A place as search engines read it (schema.org)."""

from datetime import timedelta

from publishing import json_ld
from search.words import words_of

from .opening import local_day
from .structured_hours import opening_hours_specification


def structured_place(location, now, at, *, gives_care, telephone=None):
    """Return what a page's JSON-LD tells of `location`, one with_hours(): a list, empty where its name is all we know.

    `now` is its PlaceNow at `at` (aware datetime). `gives_care` says whether a service is offered there, `telephone`
    is in E.164 or None.
    """
    types = _types(location, gives_care=gives_care)
    hours = opening_hours_specification(location.opening_hours)
    if types == ["Place"] and not (hours or telephone or location.address_lines):
        return []
    place = json_ld.place(
        name=location.name,
        path=location.get_absolute_url(),
        types=types,
        street=location.street,
        city=location.city,
        state=location.state,
        postal_code=location.postal_code,
        telephone=telephone,
        image=location.image,
        opening_hours=hours,
        special_opening_hours=[] if now.status.has_doors_open else [_closed(now, at)],
    )
    return [place]


def address_of(location):
    """Return `location` for the JSON-LD of somebody who works there: its name and address."""
    return json_ld.place(
        name=location.name,
        path=location.get_absolute_url(),
        street=location.street,
        city=location.city,
        state=location.state,
        postal_code=location.postal_code,
    )


def _types(location, *, gives_care):
    """Return only what is known to be true: a hospital is what calls itself one and has an emergency department."""
    if location.has_emergency_department:
        return ["Hospital", "EmergencyService"] if "hospital" in words_of(location.name) else ["EmergencyService"]
    return ["MedicalClinic"] if gives_care else ["Place"]


def _closed(now, at):
    """Return the days on which its doors are shut, from today on. On the day of its end it may be open again."""
    today = local_day(at)
    last = local_day(now.until - timedelta(days=1)) if now.until else None
    return json_ld.closed_days(today, max(last, today) if last else None)
