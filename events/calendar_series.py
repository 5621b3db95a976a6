"""An event as other calendars keep it: which of its dates follow one rule, and which stand alone.

A rule with its exceptions is one entry that repeats. Days that are added to a rule, and days that are listed
without one, stand alone: Outlook takes no RDATE without a rule, and Google none after the rule's end. So do
dates that the series no longer names.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from .models import Event, SeriesChange
from .recurrence import Recurrence, parts_of, rule_of_parts
from .schedules import schedules_of
from .zoned import zone_called


@dataclass(frozen=True)
class Part:
    """The dates of `event` that follow one rule, from `first_day` on, at `starts` to `ends` by its clock.

    `change` is the SeriesChange that they go by, None for the event itself. `ends` is None where nobody has said,
    both are for whole days. `rule` is the value of an RRULE without its end, `count` its COUNT and `last_day` the day
    on which it ends; both None for a rule without an end. `rows` are its EventDates by their day, `missing` the days
    that the rule names and that are no dates.
    """

    event: Event
    change: SeriesChange | None
    first_day: date
    starts: time | None
    ends: time | None
    rule: str
    count: int | None = None
    last_day: date | None = None
    rows: dict = field(default_factory=dict)
    missing: list = field(default_factory=list)

    @property
    def final_day(self):
        """Return the local day on which the first date ends."""
        return self.first_day + (self.event.final_day - self.event.first_day)

    def start_of(self, day):
        """Return when other programs let the date of `day` begin: as the clock has it, be it in a skipped hour."""
        return datetime.combine(day, self.starts or time(), tzinfo=zone_called(self.event.zone))

    def follows(self, row):
        """Return whether `row`, an EventDate, is when the rule has it, so that nothing has to be said of its time."""
        second = self.event.repeated_hour == Event.RepeatedHour.SECOND
        planned = self.event.span_on(row.day, self.starts, self.ends)
        if (row.starts_at, row.ends_at) != planned or row.has_end != (self.ends is not None):
            return False
        if self.starts is None:
            return True
        # Some programs count the hours of a date and some go by its clock: in the nights in which the two differ,
        # and in the hour that comes twice, the date is written out.
        walls = datetime.combine(self.final_day, self.ends or time()) - datetime.combine(self.first_day, self.starts)
        same_length = self.ends is None or row.ends_at - row.starts_at == walls
        return same_length and (not second or row.starts_at == self.start_of(row.day).astimezone(UTC))


def calendar_parts(event):
    """Return (list of Part, list of EventDates that stand alone) of a dated `event` with its `dates` and `changes`."""
    alone = {row.day: row for row in event.dates.all()}
    parts = []
    for schedule in schedules_of(event):
        part = _part(event, schedule, alone) if schedule.recurrence.rule else None
        if part is not None:
            parts.append(part)
            alone = {day: row for day, row in alone.items() if day not in part.rows}
    return parts, list(alone.values())


def _part(event, schedule, dates):
    """Return the Part of those of `dates`, {day: EventDate}, that the rule names; None where it names none."""
    recurrence = schedule.recurrence
    known_until = max([*dates, *recurrence.left_out], default=None)
    if known_until is None:
        return None
    ruled = _ruled_only(recurrence).days(recurrence.first_day, known_until + timedelta(days=1))
    rows = {day: dates[day] for day in ruled if day in dates and dates[day].in_series}
    if not rows:
        return None
    rule = parts_of(recurrence.rule)
    count, until = rule.pop("COUNT", None), rule.pop("UNTIL", None)
    last_day = recurrence.ends_on if until else None
    if recurrence.before_day is not None:
        ends_on = recurrence.before_day - timedelta(days=1)
        last_day = min(last_day, ends_on) if last_day else ends_on
        if count:
            last_day, count = min(last_day, replace(recurrence, before_day=None).ends_on), None
    return Part(
        event,
        schedule.change,
        ruled[0],
        schedule.start_time,
        schedule.end_time,
        rule_of_parts(rule),
        int(count) if count else None,
        last_day,
        rows,
        [day for day in ruled if day not in rows],
    )


def _ruled_only(recurrence):
    return Recurrence(recurrence.first_day, recurrence.rule, before_day=recurrence.before_day)
