"""Sends made-up waits as a hospital's system sends real ones: over the network, signed, to the endpoint itself."""

import http.client
import json
import time
import urllib.error
import urllib.request
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from ertimes.demonstration import departments_to_feed, forget_made_up_waits, made_up_visits, next_minutes
from ertimes.feed_keys import demonstration_key, secret_of
from ertimes.open_data import iso
from ertimes.signatures import sign

PATIENCE = 10  # seconds


class SiteIsDownError(Exception):
    """The site does not answer where RECEIPT_URL says that it does."""


def feed(at, randomness):
    """Send for each department what was measured at `at`; return what was refused, a list of sentences.

    The first department tells of visits, of which the site itself measures the wait; the others send waits.
    Raises SiteIsDownError.
    """
    forget_made_up_waits(at)
    refused = []
    for place, department in enumerate(departments_to_feed(at)):
        kind, message = (
            ("readings", _wait(department, at, randomness)) if place else ("visits", _visits(department, at))
        )
        problem = _send(department, kind, {"event_id": f"demonstration-{uuid4()}", **message})
        if problem:
            refused.append(f"{department}: {problem}")
    return refused


def _wait(department, at, randomness):
    minutes = next_minutes(department, randomness)
    return {"readings": [{"observed_at": iso(at), "wait_minutes": minutes, "sample_size": randomness.randint(3, 12)}]}


def _visits(department, at):
    told = [
        {
            "visit_id": visit.visit_id,
            "arrived_at": iso(visit.arrived_at),
            "seen_at": iso(visit.seen_at),
            "left_at": iso(visit.left_at),
        }
        for visit in made_up_visits(department, at)
    ]
    return {"as_of": iso(at), "visits": told}


def _send(department, kind, message):
    """Send one signed message; return why it was refused, "" where it was taken. Raises SiteIsDownError."""
    key_id = demonstration_key(department).key_id
    body, timestamp = json.dumps(message).encode(), str(int(time.time()))
    address = settings.RECEIPT_URL + reverse(f"er_api:{kind}", args=[department.slug])
    request = urllib.request.Request(  # noqa: S310  our own address
        address,
        body,
        {
            "Content-Type": "application/json",
            "ER-Key": key_id,
            "ER-Timestamp": timestamp,
            "ER-Signature": sign(secret_of(key_id), timestamp, body),
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310  our own address
            return ""
    except urllib.error.HTTPError as error:
        with error:
            return f"{error.code} {error.read(2000).decode(errors='replace')}"
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise SiteIsDownError(f"the site does not answer at {settings.RECEIPT_URL}") from error
