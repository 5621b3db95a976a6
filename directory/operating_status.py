"""Saying whether a place works as usual. Visitors see it at once, whatever draft of its page waits."""

from django.db import transaction

from publishing import audit, drafting

from .models import OperatingStatus


class ChangedMeanwhileError(Exception):
    """Another has changed the status since the form was opened."""


def mark_of(location):
    """Return a text that is another one as soon as the status of `location` is."""
    until = location.status_until.isoformat() if location.status_until else ""
    return "|".join([location.status, until, location.status_note])


@transaction.atomic
def set_status(location, *, status, note, until, user, seen):
    """Let visitors see the status from now on and return the Location as it is stored.

    `until` is an aware datetime, None for until it is changed. To work as usual needs neither note nor end. `seen` is
    the `mark_of` what the user had before him. Raises ChangedMeanwhileError where it is another by now.
    """
    stored = drafting.locked(location)
    if mark_of(stored) != seen:
        raise ChangedMeanwhileError
    usual = status == OperatingStatus.NORMAL
    stored.status = status
    stored.status_note, stored.status_until = ("", None) if usual else (note, until)
    stored.save(update_fields=["status", "status_note", "status_until", "changed_at"])
    audit.record(audit.Action.STATUS_SET, user=user, thing=stored, details=_told(stored))
    return stored


def _told(location):
    until = f", until {location.status_until:%Y-%m-%d %H:%M %Z}" if location.status_until else ""
    note = f": {location.status_note}" if location.status_note else ""
    return f"{OperatingStatus(location.status).label}{until}{note}"
