"""What staff say of a department: its wait, no number, the feed again, its status. Each is in the audit log."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from publishing import audit, drafting, history
from publishing.models import RevisionNote

from .locking import lock
from .models import EmergencyDepartment, ReadingState, Source, WaitTimeReading
from .readings import record_reading

SECOND_TAP_WITHIN = timedelta(seconds=10)
LONGEST_WORD = timedelta(hours=4)  # no reading is valid for longer


class ChangedMeanwhileError(Exception):
    """Somebody else has said something since; `by` is the user (None: a program) and `at` the instant."""

    def __init__(self, by, at):
        super().__init__()
        self.by, self.at = by, at


def newest_word(department):
    """Return the newest WaitTimeReading of staff about `department`, withdrawn or not; None without any."""
    words = WaitTimeReading.objects.filter(department=department, source=Source.STAFF)
    return words.select_related("entered_by", "decided_by").order_by("-observed_at").first()


def mark_of(word):
    """Return what tells whether anything was said since `word` was seen: its id and state, "0" without any."""
    return "0" if word is None else f"{word.pk}-{word.state}"


@transaction.atomic
def say_wait(department, wait, *, valid_for, user, note="", seen):
    """Let visitors see `wait` (timedelta; None: no number) for `valid_for` from now on. Return the WaitTimeReading.

    `seen` is `mark_of` the word that the user had before him. Raises ChangedMeanwhileError where it is another.
    """
    lock(department)
    newest = newest_word(department)
    if _is_second_tap(newest, wait, valid_for, user):
        return newest
    _ask_if_changed(newest, seen)
    reading = record_reading(
        department=department,
        observed_at=timezone.now(),
        door_to_provider=wait,
        valid_for=valid_for,
        source=Source.STAFF,
        entered_by=user,
        note=note,
    )
    told = "No number" if wait is None else f"{reading.minutes} min"
    _log(department, user, f"{told}, for {int(valid_for.total_seconds() // 60)} min")
    return reading


@transaction.atomic
def go_back_to_feed(department, *, user, seen):
    """Take back what staff have said and still counts; return how many readings that were."""
    lock(department)
    _ask_if_changed(newest_word(department), seen)
    now = timezone.now()
    words = WaitTimeReading.objects.filter(department=department, source=Source.STAFF, state=ReadingState.SHOWN)
    taken = words.filter(observed_at__gt=now - LONGEST_WORD).update(
        state=ReadingState.WITHDRAWN, decided_at=now, decided_by=user
    )
    _log(department, user, "Back to the feed")
    return taken


@transaction.atomic
def set_status(department, *, status, text, until, user, seen):
    """Let visitors see the status at once, and keep it in the history. Return the department as it is stored.

    `until` is an aware datetime, None for until it is changed. Open as usual needs neither text nor end. `seen`
    is the `history.number_of_head` that the user had before him. Raises ChangedMeanwhileError where it is another.
    """
    stored = drafting.locked(department)
    head = history.head_of(stored)
    if head is not None and str(head.pk) != seen:
        raise ChangedMeanwhileError(head.user, head.date_created)
    history.begin(stored)
    usual = status == EmergencyDepartment.Status.NORMAL
    stored.status = status
    stored.status_text, stored.status_until = ("", None) if usual else (text, until)
    stored.save(update_fields=["status", "status_text", "status_until", "changed_at"])
    history.record(stored, user=user, deed=RevisionNote.Deed.SAVED, note=stored.get_status_display())
    audit.record(audit.Action.STATUS_SET, user=user, thing=stored, details=_told_status(stored))
    return stored


def log_decision(reading, *, user, confirmed):
    """Add to the audit log what was decided about a held `reading`."""
    deed = "confirmed" if confirmed else "withdrawn"
    _log(reading.department, user, f"Held reading {deed}: {reading.minutes} min")


def _is_second_tap(newest, wait, valid_for, user):
    """Return whether `user` has said the very same in this moment already."""
    if newest is None or newest.entered_by != user or newest.state != ReadingState.SHOWN:
        return False
    same = (newest.door_to_provider, newest.valid_for) == (wait, valid_for)
    return same and newest.observed_at > timezone.now() - SECOND_TAP_WITHIN


def _ask_if_changed(newest, seen):
    if newest is not None and mark_of(newest) != seen:
        withdrawn = newest.state == ReadingState.WITHDRAWN
        by, at = (newest.decided_by, newest.decided_at) if withdrawn else (newest.entered_by, newest.observed_at)
        raise ChangedMeanwhileError(by, at)


def _log(department, user, details):
    audit.record(audit.Action.WAIT_SET, user=user, thing=department, details=details)


def _told_status(department):
    until = department.status_until
    end = f", until {timezone.localtime(until):%Y-%m-%d %H:%M %Z}" if until else ""
    text = f" ({department.status_text})" if department.status_text else ""
    return f"{department.get_status_display()}{text}{end}"
