"""What becomes of each entry of a calendar: new, changed, unchanged, merged into its series, or refused and why."""

import hashlib
import time
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Event, ImportedUid
from ..models.event import AHEAD
from .lines import entries_in
from .reading import read, told_of
from .single import unwritten_told

MOST_DATES_OF_ONE = 2000
PATIENCE = 20  # seconds, for all entries: somebody waits for the page
_TOO_LATE = gettext_lazy("The entries before it took too long to read. Import fewer at once.")


class Outcome(TextChoices):
    NEW = "new", gettext_lazy("New")
    CHANGED = "changed", gettext_lazy("Changed")
    UNCHANGED = "unchanged", gettext_lazy("Unchanged")
    MERGED = "merged", gettext_lazy("One date of a series")
    REFUSED = "refused", gettext_lazy("Refused")


@dataclass
class Planned:
    """An Entry with its outcome. `parts` are the entries for single dates of it, `event` what was imported before."""

    entry: object
    outcome: str
    parts: list = field(default_factory=list)
    event: Event | None = None

    @property
    def digest(self):
        """Return a text that is the same as long as the entry and those of its dates say the same."""
        told = "".join([self.entry.digest, *sorted(part.entry.digest for part in self.parts)])
        return hashlib.sha256(told.encode()).hexdigest()

    def remark(self, told):
        """Add `told` to what is said of the entry, once; nothing for ""."""
        if told and told not in self.entry.remarks:
            self.entry.remarks.append(told)


def plan(data):
    """Return a Planned for each entry of `data`, the bytes of a file, in its order. Raises ValidationError."""
    ends_at = time.monotonic() + PATIENCE
    entries = [_read_in_time(raw, ends_at) for raw in entries_in(data)]
    keys = {entry.uid for entry in entries}
    known = ImportedUid.objects.select_related("event").in_bulk(list(keys), field_name="uid")
    planned, wholes = [], {}
    for entry in entries:
        outcome = Outcome.REFUSED if entry.problem else Outcome.MERGED if entry.day else Outcome.NEW
        one = Planned(entry, outcome)
        planned.append(one)
        if outcome == Outcome.NEW:
            if entry.uid in wholes:
                refuse(one, _("Another entry of this file has the same name (UID)."))
            else:
                wholes[entry.uid] = one
                _in_time(ends_at, _check, one)
    for one in planned:
        if one.outcome == Outcome.MERGED:
            _in_time(ends_at, _merge, one, wholes.get(one.entry.uid))
    for uid, one in wholes.items():
        if one.outcome == Outcome.NEW and uid in known:
            one.event = known[uid].event
            one.outcome = Outcome.UNCHANGED if known[uid].digest == one.digest else Outcome.CHANGED
            if one.event.published_at is not None and (one.entry.cancelled or one.outcome == Outcome.CHANGED):
                _leave_live_dates(one, known[uid].digest)
    return planned


def _read_in_time(raw, ends_at):
    if not raw.problem and time.monotonic() > ends_at:
        raw.problem = str(_TOO_LATE)
    return read(raw)


def _in_time(ends_at, look, one, *arguments):
    if time.monotonic() > ends_at:
        refuse(one, _TOO_LATE)
    else:
        look(one, *arguments)


def line_of(one, event=None):
    """Return what the account keeps of a Planned, a dict as CalendarImport.lines has it."""
    entry = one.entry
    told = [entry.problem] if entry.problem else list(entry.remarks)
    return {
        "number": entry.number,
        "uid": entry.uid,
        "title": entry.title[:200],
        "when": told_of(entry.values) if entry.values else "",
        "outcome": str(one.outcome),
        "told": told,
        "event": event.pk if event else one.event.pk if one.event else None,
    }


def _check(one):
    """Refuse what the model refuses, in its words."""
    event = Event(**one.entry.values, slug="import")
    try:
        event.full_clean(exclude=["slug", "owner"], validate_unique=False)
    except ValidationError as error:
        refuse(one, " ".join(text for texts in error.message_dict.values() for text in texts))
        return
    until = max(event.first_day, timezone.localdate()) + AHEAD
    number = len(event.recurrence.days(event.first_day, until)) if event.is_series else 1
    if number > MOST_DATES_OF_ONE:
        refuse(one, _("This series has %(number)d dates. Let it begin later.") % {"number": number})


def _merge(one, whole):
    if whole is None or whole.outcome == Outcome.REFUSED:
        refuse(one, _("It is one date of a series, and the series is not in this file, or refused."))
        return
    values = whole.entry.values
    if any(one.entry.values[name] != values[name] for name in ("timing", "zone")):
        refuse(one, _("It is one date of a series, and in another time zone or for another kind of time."))
        return
    series = Event(**values)
    if one.entry.day not in series.recurrence.days(one.entry.day, one.entry.day + timedelta(days=1)):
        refuse(one, _("It is one date of a series, and the series has no such date."))
        return
    whole.parts.append(one)
    one.remark(unwritten_told(series, one.entry.day))


def _leave_live_dates(one, digest):
    """Refuse what would be done to dates of a published event, of which `digest` is known: visitors would see it."""
    on = set(one.event.dates.upcoming(timezone.now()).taking_place().values_list("day", flat=True))
    if one.entry.cancelled and on:
        refuse(one, _("It is cancelled there, and published here. Cancel its dates under “Dates” of the event."))
        for part in one.parts:
            refuse(part, _("It is one date of a series, and the series is refused."))
    elif one.outcome == Outcome.CHANGED:
        for part in one.parts:
            part.event = one.event
            if not part.entry.cancelled:
                refuse(
                    part, _("The event is published: visitors would see it at once. Change this date under “Dates”.")
                )
            elif part.entry.day in on:
                refuse(
                    part, _("It is cancelled there, and published here. Cancel this date under “Dates” of the event.")
                )
        one.parts = []
        if one.digest == digest:
            one.outcome = Outcome.UNCHANGED


def refuse(one, why):
    one.outcome, one.entry.problem = Outcome.REFUSED, str(why)
