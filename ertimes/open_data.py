"""The waits as data for other sites and apps."""

from datetime import UTC

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from directory.models import ContactNumber
from publishing.head import absolute

# What each field means, as the page that documents them prints it: (path, type, meaning).
FIELDS = [
    ("generated_at", _l("instant"), _l("When this answer was made.")),
    ("schema_version", _l("number"), _l("Stays as long as no field goes or changes its meaning.")),
    ("demonstration", _l("true or false"), _l("True: the waits are made up. Never show them to patients.")),
    ("documentation", _l("address"), _l("This page.")),
    ("notice", _l("text"), _l("To be shown with every wait.")),
    ("id", _l("text"), _l("Names the department and stays.")),
    ("name", _l("text"), _l("The department’s name.")),
    ("url", _l("address"), _l("Its page.")),
    ("address", _l("object"), _l("street, city, state, postal_code; each may be empty.")),
    ("phone", _l("text or null"), _l("Whom to call, in E.164: +1 and ten digits.")),
    ("phone_extension", _l("text"), _l("To be dialled after the phone number; empty for none.")),
    ("hours", _l("text"), _l("When it is open; empty where nobody has written it.")),
    ("status", _l("text"), _l("normal, notice, limited, diverting or closed.")),
    ("status_text", _l("text"), _l("What staff say of the status.")),
    ("status_until", _l("instant or null"), _l("From then on the status is normal.")),
    ("wait_minutes", _l("number or null"), _l("The wait; null where none may be shown.")),
    ("freshness", _l("text"), _l("fresh; last_reported: say when it was reported; unavailable: there is none.")),
    ("observed_at", _l("instant or null"), _l("When the wait was measured.")),
    ("expires_at", _l("instant or null"), _l("From then on the wait must not be shown.")),
    ("sample_size", _l("number or null"), _l("Over how many patients it was taken, where known.")),
    ("source", _l("text or null"), _l("feed or staff.")),
    (
        "definition",
        _l("object"),
        _l("What the wait means: from, to, statistic (mean or median), window_minutes, and all of it in a sentence."),
    ),
]
SCHEMA_VERSION = 1  # a new field keeps it; one that goes or means something else raises it


def board_as_data(waits, main_number=None):
    """Return what wait-times.json says of `waits`, without the instant of its making.

    Instants are ISO 8601 in UTC; None stands where nothing may be shown or nothing is known. `main_number` is
    the hospital's ContactNumber, for a department that has none of its own.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "demonstration": settings.DEMONSTRATION,
        "documentation": absolute(reverse("ertimes:open_data")),
        "notice": _("Patients are seen in order of severity. In an emergency call 911."),
        "departments": [_department(wait, main_number) for wait in waits],
    }


def _department(wait, main_number):
    department = wait.department
    location = department.location
    number = _voice_number(department.contact, main_number)
    return {
        "id": department.slug,
        "name": department.name,
        "url": absolute(department.get_absolute_url()),
        "address": {
            "street": location.street,
            "city": location.city,
            "state": location.state,
            "postal_code": location.postal_code,
        },
        "phone": number.as_e164 if number else None,
        "phone_extension": (number.extension or "") if number else "",
        "hours": department.hours,
        "status": str(wait.status),
        "status_text": wait.status_text,
        "status_until": iso(wait.status_until),
        "wait_minutes": wait.minutes,
        "freshness": str(wait.freshness),
        "observed_at": iso(wait.observed_at),
        "expires_at": iso(wait.expires_at),
        "sample_size": wait.sample_size if wait.available else None,
        "source": str(wait.source) if wait.available else None,
        "definition": {
            "from": department.start_event,
            "to": department.end_event,
            "statistic": department.statistic,
            "window_minutes": department.window_minutes,
            "sentence": department.definition,
        },
    }


def _voice_number(contact, main_number):
    """Return the PhoneNumber to call, or None."""
    own = contact.numbers.all() if contact else []
    voice = next((number for number in own if number.kind == ContactNumber.Kind.VOICE), main_number)
    return voice.number if voice and voice.number else None


def iso(instant):
    """Return `instant` as ISO 8601 in UTC; None stays None."""
    return None if instant is None else instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
