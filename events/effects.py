"""What an act would do with the dates of an event, found by doing it and undoing it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils import timezone

from publishing.snapshots import rolled_back

from .models import Event, EventDate
from .telling import TOLD


@dataclass(frozen=True)
class Moved:
    """A date at other hours, or in another place, than before."""

    before: EventDate
    after: EventDate


@dataclass(frozen=True)
class Effect:
    """The EventDates that an act adds, takes away and changes.

    `kept` are those that the series no longer names, but that people are registered for. `told` is how many people
    would get a mail.
    """

    added: list = field(default_factory=list)
    removed: list = field(default_factory=list)
    moved: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    told: int = 0

    @property
    def is_nothing(self):
        return not (self.added or self.removed or self.moved or self.kept)


def effect_of(event: Event, act: Callable[[], int]):
    """Return the Effect of `act` on the dates of `event` that are not over. What `act` raises is raised."""
    before = _dates_of(event)
    with rolled_back():
        told = act()
        after = _dates_of(event)
        kept = [date for key, date in after.items() if not date.in_series and key in before and before[key].in_series]
        moved = [
            Moved(before[key], date)
            for key, date in after.items()
            if key in before and date.in_series and _said(date) != _said(before[key])
        ]
    return Effect(
        added=[date for key, date in after.items() if key not in before],
        removed=[date for key, date in before.items() if key not in after],
        moved=moved,
        kept=kept,
        told=told,
    )


def registrations_of(dates):
    """Return {date.pk: number} of the registrations of `dates` that a mail would go to, in one query."""
    counted = EventDate.objects.filter(pk__in=[date.pk for date in dates]).order_by()
    told = Count("registrations", filter=Q(registrations__state__in=TOLD))
    return dict(counted.annotate(told=told).filter(told__gt=0).values_list("pk", "told"))


def _dates_of(event):
    dates = EventDate.objects.filter(event=event).upcoming(timezone.now()).with_event().order_by("starts_at")
    return {date.pk: date for date in dates}


def _said(date):
    return date.starts_at, date.ends_at, date.has_end, date.where
