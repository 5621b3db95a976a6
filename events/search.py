from django.conf import settings
from django.db.models import Case, Max, OuterRef, Prefetch, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from directory.models import Location
from publishing.excerpts import plain_text
from publishing.local_time import local_midnight
from search.models import Entry
from search.sources import Document, Source, own_path, register
from search.watching import refresh_soon

from .models import NOT_HELD, Audience, DateStatus, Event, EventDate, SeriesChange, Topic
from .places import where_told
from .shown import series_words
from .zoned import zone_called


def event_documents(event):
    """Return the Document of an event, at its next date that takes place; at its last where all are over.

    Where none takes place any more that is to come, it is the first of those, and its status stands for the place.
    """
    date = next(iter(event.next_dates), None)
    status = DateStatus(date.status if date else event.last_status or DateStatus.ON)
    where = [event.location.name if event.location else "", event.place]
    with override(settings.LANGUAGE_CODE):
        if not status.takes_place:
            place = str(status.label)
        else:
            online = [_("Online")] if event.online or status == DateStatus.MOVED_ONLINE else []
            place = where_told(date) if date else ", ".join(part for part in (*where, *online) if part)
        series = series_words(date) if date else ""
    dated, ends_at = _span(event, *((date.starts_at, date.ends_at) if date else (event.last_start, event.ends_at)))
    told = [event.body, *where, place, event.audience, event.price, event.sign_up, event.languages, series]
    told += [each.name for each in (*event.topics.all(), *event.audiences.all())]
    yield Document(
        language=settings.LANGUAGE_CODE,
        title=event.title,
        path=own_path(event),
        summary=event.summary,
        text=plain_text(" ".join(told)),
        dated=dated,
        ends_at=ends_at,
        place=place,
        shown_from=event.published_at,
        shown_until=event.expires_at,
        demonstration=event.demonstration,
    )


def _span(event, starts_at, ends_at):
    """Return (start, end) of a date as the search knows it: whole days last as long as the hospital's, wherever."""
    if event.timing != Event.Timing.ALL_DAY or starts_at is None:
        return starts_at, ends_at
    zone = zone_called(event.zone)
    return tuple(local_midnight(timezone.localdate(at, zone)) for at in (starts_at, ends_at))


def _things():
    off = Case(When(status__in=NOT_HELD, then=1), default=0)
    next_date = EventDate.objects.upcoming(timezone.now()).with_places().order_by(off, "starts_at", "pk")[:1]
    last = EventDate.objects.filter(event=OuterRef("pk")).order_by("-starts_at", "-pk")
    return (
        Event.objects.filter(published_at__isnull=False)
        .annotate(last_start=Max("dates__starts_at"), last_status=Subquery(last.values("status")[:1]))
        .select_related("location")
        .prefetch_related("topics", "audiences", Prefetch("dates", next_date, to_attr="next_dates"))
    )


def refresh_passed():
    """Let the search know the next date of each event whose date it knows is over. A job of every few minutes."""
    at = timezone.now()
    going_on = Event.objects.filter(ends_at__gt=at)
    passed = Entry.objects.filter(kind="event", ends_at__lte=at, object_id__in=going_on.values("pk"))
    refresh_soon("event", set(passed.values_list("object_id", flat=True)))


def register_sources():
    register(
        Source(
            "event",
            gettext_lazy("Events"),
            Event,
            _things,
            event_documents,
            points=30,
            asked_by=r"(class|classes|workshop|event|clase|curso|taller|evento)s?",
            dated=True,
            takes_place=True,
            parts={
                Location: lambda location: location.events.values_list("pk", flat=True),
                Topic: lambda topic: topic.events.values_list("pk", flat=True),
                Audience: lambda audience: audience.events.values_list("pk", flat=True),
                EventDate: lambda date: [date.event_id],
                SeriesChange: lambda change: [change.event_id],
            },
        )
    )
