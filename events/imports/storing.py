"""Storing what a plan says: new events as drafts, changes as drafts, beside the live event where it is live."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import audit, drafting, history
from publishing.snapshots import CannotApplyError, rolled_back, take

from ..copying import free_slug
from ..dates import write_dates
from ..models import CalendarImport, DateStatus, Event, ImportedUid
from .plan import Outcome, line_of, plan, refuse
from .single import set_single, unwritten_told

KEPT_DAYS = 90


def look_at(data, *, name, user):
    """Keep `data`, a calendar file, with the account of its entries; return the CalendarImport.

    Raises ValidationError where it is no calendar. Imports older than KEPT_DAYS are forgotten.
    """
    lines = [line_of(one) for one in plan(data)]
    CalendarImport.objects.filter(made_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()
    return CalendarImport.objects.create(name=name[:300], data=data, lines=lines, made_by=user)


@transaction.atomic
def store(run, *, user):
    """Import `run`, a CalendarImport, and keep the account of what was done; return whether it still had to be.

    It is looked at anew: what somebody has changed since is accounted for as it is now.
    """
    run = CalendarImport.objects.select_for_update().get(pk=run.pk)
    if run.imported_at is not None:
        return False
    planned = plan(bytes(run.data))
    made = {}
    for one in planned:
        try:
            with transaction.atomic():  # one that cannot be stored leaves the others alone
                if one.outcome == Outcome.NEW:
                    made[id(one)] = _add(one, user, run)
                elif one.outcome == Outcome.CHANGED:
                    _change(one, user, run)
        except ValidationError as error:
            refuse(one, " ".join(error.messages))
            for part in one.parts:
                refuse(part, _("It is one date of a series, and the series is refused."))
    run.lines = [line_of(one, made.get(id(one))) for one in planned]
    run.data, run.imported_at = b"", timezone.now()
    run.save()
    stored = sum(one.outcome in (Outcome.NEW, Outcome.CHANGED) for one in planned)
    audit.record(
        audit.Action.IMPORTED, user=user, thing=Event, details=f"{run.name}: {stored} of {len(planned)} entries"
    )
    return True


def _add(one, user, run):
    entry = one.entry
    event = Event(**entry.values, slug=free_slug(entry.values["title"]), owner=user)
    event.save()
    drafting.begin_draft(event, user=user, note=_note(run))
    ImportedUid.objects.create(event=event, uid=entry.uid, digest=one.digest)
    _set_dates(event, one)
    return event


def _change(one, user, run):
    """Let the event's draft say what the entry says; what is no part of the entry stays as it is there."""
    event = one.event
    base = history.begin(event)
    try:
        with drafting.as_drafted(event):
            _apply(event, one)
            content = take(Event.objects.get(pk=event.pk))
    except CannotApplyError:  # its draft points at something that is gone: begin from what visitors see
        with rolled_back():
            _apply(event, one)
            content = take(Event.objects.get(pk=event.pk))
    drafting.save(event, content, base=base, user=user, note=_note(run))
    ImportedUid.objects.filter(event=event).update(digest=one.digest)
    if event.published_at is None:
        _set_dates(Event.objects.get(pk=event.pk), one)


def _apply(event, one):
    row = Event.objects.get(pk=event.pk)
    for name, value in one.entry.values.items():
        setattr(row, name, value)
    row.save()


def _set_dates(event, one):
    """Let single dates be as their own entries say."""
    dates = {date.day: date for date in event.dates.select_related("event", "location", "change")}
    if one.entry.cancelled:
        for date in dates.values():
            date.status = DateStatus.CANCELLED
            date.save()
    for part in one.parts:
        date = dates.get(part.entry.day)
        if date is None:
            part.remark(unwritten_told(event, part.entry.day) or _("Its date is over and not written any more."))
            continue
        set_single(date, part.entry)
        date.save()
    write_dates(event)


def _note(run):
    return _("Imported from %(name)s") % {"name": run.name[:200]}
