"""What publishing the draft of an event does with its dates, told before it is done."""

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing import history
from publishing.admin_addresses import screen_address
from publishing.consequences import Moment
from publishing.dashboard import Panel, Row
from publishing.models import RevisionNote
from publishing.snapshots import read

from .dates import planned_dates
from .effects import registrations_of
from .models import Event
from .models.event import AHEAD

SHOWN = 5
# What says on which days and at which hours an event takes place.
_SAID = ("timing", "zone", "first_day", "last_day", "start_time", "end_time", "rule", "extra_days", "left_out")


def dates_that_change(event, user, moment):
    """Return the Panel about the dates that the draft of `event` adds, takes away and moves; None for none.

    The rows of `event` are those of the draft. The dates as visitors know them follow from what was published last.
    """
    if moment == Moment.RECEIPT:
        return None
    live = _as_published(event)
    if live is None:
        return None
    today = timezone.localdate()
    before, after = planned_dates(live, today, today + AHEAD), planned_dates(event, today, today + AHEAD)
    hours = {day: _hours(before[day]) != _hours(after[day]) for day in before.keys() & after.keys()}
    rows = [
        *_row(_("Added"), sorted(after.keys() - before.keys())),
        *_row(_("Taken away, where nobody is registered"), sorted(before.keys() - after.keys())),
        *_row(_("At other hours"), sorted(day for day, other in hours.items() if other)),
        *_kept(event),
    ]
    return Panel(_("What it does with the dates"), rows) if rows else None


def _as_published(event):
    """Return an Event, not stored, that says its days as they were published last; None where it never was."""
    revisions = history.revisions_of(Event, event.pk)
    last = revisions.filter(revision__note__deed=RevisionNote.Deed.PUBLISHED).first()
    if event.published_at is None or last is None:
        return None
    fields = read(last.revision, Event, event.pk).root.fields
    values = {name: Event._meta.get_field(name).to_python(fields[name]) for name in _SAID if name in fields}
    return Event(pk=event.pk, **values)


def _hours(planned):
    return planned.start_time, planned.end_time


def _row(label, days):
    if not days:
        return []
    told = " · ".join(date_format(day, "M j, Y") for day in days[:SHOWN])
    if len(days) > SHOWN:
        told = _("%(days)s and %(count)d more") % {"days": told, "count": len(days) - SHOWN}
    return [Row(f"{label}: {len(days)}", "", detail=told)]


def _kept(event):
    lost = list(event.dates.with_event().upcoming(timezone.now()).filter(in_series=False))
    counted = registrations_of(lost)
    rows = []
    for each in [each for each in lost if each.pk in counted][:SHOWN]:
        count = counted[each.pk]
        told = ngettext("%(count)d registration is kept", "%(count)d registrations are kept", count) % {"count": count}
        hour = f", {time_format(each.start_time, 'g:i A')}" if each.start_time else ""
        title = _("No longer in the series: %(day)s") % {"day": date_format(each.first_day, "l, F j, Y") + hour}
        rows.append(Row(title, screen_address(Event, "dates", event.pk), detail=told, urgent=True))
    return rows
