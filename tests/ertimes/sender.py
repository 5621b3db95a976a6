"""A hospital's system as the tests need it: it has a key, signs and sends."""

import itertools
import json
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from ertimes.feed_keys import issue_key
from ertimes.signatures import sign

_events = itertools.count(1)

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)  # 12:00 PM in Norwich


def iso(instant):
    return instant.isoformat().replace("+00:00", "Z")


def reading(*, observed_at=NOON, wait_minutes=25, **fields):
    """Return one reading as it is sent; `observed_at` is a datetime, or what is to be sent in its place."""
    instant = iso(observed_at) if isinstance(observed_at, datetime) else observed_at
    return {"observed_at": instant, "wait_minutes": wait_minutes, **fields}


def readings(*rows, event_id=None, **fields):
    return {"event_id": event_id or f"event-{next(_events)}", "readings": list(rows), **fields}


class Sender:
    """Signs what it sends with a key of `department`, at the clock's time and `clock_off` more."""

    def __init__(self, client, department, *, clock_off=timedelta(0)):
        self.client = client
        self.department = department
        self.clock_off = clock_off
        self.key, self.secret = issue_key(department, "Interface engine", None)

    def send(self, content, *, kind="readings", slug=None, **request):
        """POST `content`, bytes or what is made JSON of, and return the response; `request` replaces parts of it."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        headers = {**self.headers(body), **request.pop("headers", {})}
        address = f"/api/er/{slug or self.department.slug}/{kind}/"
        request = {"data": body, "content_type": "application/json", **request}
        sent = {name: value for name, value in headers.items() if value is not None}
        return self.client.post(address, headers=sent, **request)

    def headers(self, body):
        timestamp = str(int((timezone.now() + self.clock_off).timestamp()))
        return {
            "ER-Key": self.key.key_id,
            "ER-Timestamp": timestamp,
            "ER-Signature": sign(self.secret, timestamp, body),
        }
