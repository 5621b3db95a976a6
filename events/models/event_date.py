from datetime import timedelta
from functools import cached_property

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Location
from publishing import instant
from publishing.local_time import local_midnight

from ..zoned import clock_told, zone_called
from .event import Event
from .series_change import SeriesChange

LONGEST_DAY = timedelta(hours=25)  # the one on which the clocks are set back


class DateStatus(models.TextChoices):
    """What has become of one date. “Full” is said by staff where seats are counted elsewhere; see `seats` else."""

    ON = "on", _("Takes place")
    CANCELLED = "cancelled", _("Cancelled")
    POSTPONED = "postponed", _("Postponed")
    MOVED_ONLINE = "moved_online", _("Moved online")
    FULL = "full", _("Full")

    @property
    def takes_place(self):
        """Return whether people meet on that day, wherever."""
        return self not in NOT_HELD


NOT_HELD = (DateStatus.CANCELLED, DateStatus.POSTPONED)  # on such a date nobody meets, anywhere


class EventDateQuerySet(models.QuerySet):
    def of_published(self, at=None):
        """Return the dates of the events that the public may read at `at` (default: now), in their order."""
        return self.filter(event__in=Event.objects.published(at)).order_by("starts_at", "pk")

    def upcoming(self, at=None):
        """Return those that are not over at `at` (default: now)."""
        return self.filter(ends_at__gt=at or instant.now())

    def between(self, start, end):
        """Return those of which any part lies in [start, end), two aware datetimes."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)

    def several_days(self):
        """Return those that go on beyond the day on which they begin."""
        return self.filter(until_day__gt=F("on_day"))

    def on_days(self, first, last):
        """Return those of which any day lies between `first` and `last`, two dates of the hospital, both included."""
        long_ago = self.model.objects.several_days().filter(starts_at__lt=local_midnight(first), until_day__gte=first)
        begin = Coalesce(Subquery(long_ago.order_by("starts_at").values("on_day")[:1]), first)
        return self.filter(on_day__gte=begin, on_day__lte=last, until_day__gte=first)

    def taking_place(self):
        """Return those on which people meet, wherever."""
        return self.exclude(status__in=NOT_HELD)

    def of_events(self, events, *, among=None):
        """Return those of `events`, a queryset; of many dates, each asks for its event.

        Where these are few of all events, `among` tells keys of events, a queryset, with which the search begins.
        """
        dates = self if among is None else self.filter(event__in=among)
        return dates.filter(Exists(events.order_by().filter(pk=OuterRef("event"))))

    def next_of_each(self, events, after, before=None, *, among=None):
        """Return of each of `events`, a queryset, the first of these dates that is not over at `after` (aware).

        With `before` it begins before that instant. They stand in the order in which they begin and are looked for in
        it, so that the first thirty of 20,000 cost what those of 50 do. `among` as in `of_events`.
        """
        to_come = self.filter(ends_at__gt=after)
        earlier = to_come.filter(_begins_before(OuterRef("starts_at"), OuterRef("pk")), event=OuterRef("event"))
        dates = to_come.order_by("starts_at", "pk")
        if before is not None:
            dates = dates.filter(starts_at__lt=before)
        if among is not None:
            return dates.of_events(events, among=among).filter(~Exists(earlier))
        # What is over is not walked through but for the few that began long ago and go on.
        lately = after - LONGEST_DAY
        long_ago = self.model.objects.several_days().filter(starts_at__lt=lately, ends_at__gt=after)
        first = Coalesce(Subquery(long_ago.order_by("starts_at").values("starts_at")[:1]), lately)
        return dates.filter(_not(earlier), starts_at__gte=first).of_events(events)

    def last_of_each(self, events, after, before):
        """Return of each of `events`, a queryset, the last of these dates that begins in [after, before)."""
        dates = self.filter(starts_at__gte=after, starts_at__lt=before)
        later = dates.filter(_begins_after(OuterRef("starts_at"), OuterRef("pk")), event=OuterRef("event"))
        return dates.filter(_not(later)).of_events(events).order_by("-starts_at", "-pk")

    def with_next_that_takes_place(self, at):
        """Add `next_start` to those that do not take place: when the next of their event does, None where none is."""
        following = (
            EventDate.objects.filter(event=OuterRef("event"), ends_at__gt=at).taking_place().order_by("starts_at")
        )
        is_off = When(status__in=NOT_HELD, then=Subquery(following.values("starts_at")[:1]))
        return self.annotate(next_start=Case(is_off, default=None, output_field=models.DateTimeField()))

    def with_places(self):
        """Fetch along where each date is, for the page of the one event that they all are of."""
        return self.select_related("location", "change__location")

    def for_months(self):
        """Fetch along what a month tells of each date and no more: there may be a thousand."""
        told = ["title", "slug", "timing", "zone", "first_day", "last_day", "sign_up_by", "seats", "closes_hours"]
        told += ["waiting_list", "online", "location", "place"]
        places = ["location", "event__location", "change__location"]
        names = [f"{place}__{field}" for place in places for field in ("name", "slug")]
        own = [field.attname for field in self.model._meta.concrete_fields]
        fields = [*own, *(f"event__{field}" for field in told), *names, "change__place"]
        return self.select_related("event", *places).only(*fields)

    def with_event(self):
        """Fetch the event, its place and picture along, as lists and pages need them."""
        return self.select_related("event__location", "event__image", "location", "change__location")


class EventDate(models.Model):
    """One date on which an event takes place. Every event with a day has one, a series one for each of its days.

    `day` is the local day that the event or its series names: by it the date is known again when the event is
    changed, and other programs know it (RECURRENCE-ID). What the coordinator does with one date stands here and
    not in the event: moved to another day or hour (`moved_to`, `moved_start`, `moved_end`), another place, a
    status with a sentence. Visitors see that at once, whatever draft of the event's page waits.

    `starts_at` and `ends_at` are aware, the end exclusive; without an end time it is counted until its day is
    over. `in_series` is False for a date that the series no longer names, but that people are registered for.
    `sequence` grows with each change that calendars must notice. `seats` None: as many as the event says. `on_day` and
    `until_day` are the first and the last day of it in the hospital's calendar, whatever clock the event is told by.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="dates")
    change = models.ForeignKey(SeriesChange, null=True, blank=True, on_delete=models.SET_NULL, related_name="dates")
    day = models.DateField(_("day of the series"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    has_end = models.BooleanField(default=False)
    on_day = models.DateField(editable=False)
    until_day = models.DateField(editable=False)
    in_series = models.BooleanField(default=True)
    moved_to = models.DateField(_("moved to"), null=True, blank=True)
    moved_start = models.TimeField(_("begins instead at"), null=True, blank=True)
    moved_end = models.TimeField(_("ends instead at"), null=True, blank=True)
    location = models.ForeignKey(
        Location, verbose_name=_("location"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(_("room or address"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=DateStatus, default=DateStatus.ON)
    status_note = models.CharField(
        _("in a sentence"), max_length=250, blank=True, help_text=_("What people should know or do now.")
    )
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    objects = EventDateQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("date of an event")
        verbose_name_plural = _("dates of events")
        indexes = [
            models.Index(fields=["ends_at", "starts_at"], name="events_date_upcoming"),
            models.Index(fields=["event", "starts_at"], name="events_date_of_event"),
            models.Index(fields=["event", "ends_at", "starts_at"], name="events_date_next_of_event"),
            models.Index(fields=["starts_at", "id", "ends_at", "event"], name="events_date_in_order"),
            models.Index(fields=["on_day", "starts_at", "id", "event", "until_day"], name="events_date_by_day"),
            models.Index(
                fields=["starts_at", "ends_at"], condition=Q(until_day__gt=F("on_day")), name="events_date_several_days"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "day"], name="events_date_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="events_date_ends_after_start"),
        ]

    def __str__(self):
        return f"{self.event}, {self.first_day}"

    def save(self, *args, **kwargs):
        fields = kwargs.get("update_fields")
        if fields is None or not {"starts_at", "ends_at"}.isdisjoint(fields):
            self.derive_days()
            kwargs["update_fields"] = fields and {*fields, "on_day", "until_day"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return self.event.get_absolute_url()

    def derive_days(self):
        """Fill in the days by the hospital's calendar from the instants, before it is saved."""
        self.on_day = timezone.localdate(self.starts_at, timezone.get_default_timezone())
        self.until_day = self.on_day + (self.final_day - self.first_day)

    @cached_property
    def zone(self):
        """Return the time zone by whose clocks it is told."""
        return zone_called(self.event.zone)

    @property
    def timing(self):
        return self.event.timing

    @property
    def all_day(self):
        return self.event.timing == Event.Timing.ALL_DAY

    @property
    def local_start(self):
        """Return `starts_at` by the event's clock."""
        return timezone.localtime(self.starts_at, self.zone)

    @property
    def local_end(self):
        """Return `ends_at` by the event's clock; only told where `has_end`."""
        return timezone.localtime(self.ends_at, self.zone)

    @property
    def zone_told(self):
        """Return the clock by which its times are told, in words: “CST, Chicago time”; "" for the hospital's own."""
        return clock_told(self.event.zone, self.starts_at)

    @property
    def first_day(self):
        """Return the local day on which it begins, wherever the series had it."""
        return self.local_start.date()

    @property
    def final_day(self):
        """Return the local day on which it ends."""
        end = self.local_end
        return end.date() if self.has_end else (end - timedelta(minutes=1)).date()

    @property
    def several_days(self):
        return self.final_day != self.first_day

    @property
    def start_time(self):
        """Return the local time at which it begins; None for a whole day."""
        return None if self.all_day else self.local_start.time()

    @property
    def end_time(self):
        """Return the local time at which it ends; None for a whole day and where nobody has said."""
        return self.local_end.time() if self.has_end and not self.all_day else None

    @property
    def is_moved(self):
        """Return whether it takes place at another time than its series says."""
        return any(value is not None for value in (self.moved_to, self.moved_start, self.moved_end))

    @property
    def where(self):
        """Return (Location or None, room or address as a text) of this date."""
        for place in (self, self.change, self.event):
            if place is not None and (place.location_id or place.place):
                return place.location, place.place
        return None, ""

    @property
    def online(self):
        """Return whether one can take part from home."""
        return self.event.online or self.status == DateStatus.MOVED_ONLINE

    @property
    def takes_place(self):
        return DateStatus(self.status).takes_place

    @property
    def seats_in_all(self):
        """Return how many people there is room for; None for no limit."""
        return self.event.seats if self.seats is None else self.seats

    def is_over(self, at=None):
        """Return whether it has ended at `at` (default: now)."""
        return self.ends_at <= (at or instant.now())

    def is_past(self, at=None):
        """Return whether it has ended for good: a postponed one waits for its new day, with all its people."""
        return self.is_over(at) and self.status != DateStatus.POSTPONED


def _begins_before(starts_at, key):
    return Q(starts_at__lt=starts_at) | Q(starts_at=starts_at, pk__lt=key)


def _begins_after(starts_at, key):
    return Q(starts_at__gt=starts_at) | Q(starts_at=starts_at, pk__gt=key)


def _not(rows):
    """Return the condition that there are none of `rows`, looked up for one date after another, by an index.

    PostgreSQL would make a join of a plain NOT EXISTS, of every date of a series with every other.
    """
    return Case(When(Exists(rows), then=False), default=True, output_field=models.BooleanField())
