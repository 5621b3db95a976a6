"""Registering as tests do it: for dates of the factory's event, which begins on June 4, 2021, at 10 AM."""

import itertools
from datetime import UTC, datetime, timedelta

from events.models import Event
from events.registering import register
from tests.factories import create_event

BEGINS = datetime(2021, 6, 4, 14, tzinfo=UTC)
WEEK_BEFORE = BEGINS - timedelta(days=7)

_numbers = itertools.count(1)


def one_date(**fields):
    """Return the date of a new event for which people register here: 3 seats, unless it is told otherwise."""
    event = create_event(**{"sign_up_by": Event.SignUp.HERE, "seats": 3, **fields})
    return event.dates.with_event().get()


def come(date, *, at=WEEK_BEFORE, **fields):
    """Register somebody new for `date` and return the Registration."""
    number = next(_numbers)
    told = {
        "nonce": f"came-{number}",
        "sender": f"{number:064x}",
        "name": f"Visitor {number}",
        "email": f"visitor-{number}@example.org",
        "language": "en",
    }
    return register(date, at=at, **told | fields)


def states(*registrations):
    """Return the states of `registrations` as they are stored, in one line."""
    for registration in registrations:
        registration.refresh_from_db()
    return " ".join(registration.state for registration in registrations)
