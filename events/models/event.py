from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Max, Min, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Contact, Location, Service
from publishing import instant
from publishing.excerpts import excerpt
from publishing.models import Image, Publishable, PublishableQuerySet
from publishing.months import Month, checked_day
from publishing.rich_text import RichTextField

from ..recurrence import Recurrence
from ..zoned import clock_told, comes_twice, is_skipped, span_of, validate_zone, zone_called
from .kinds import Audience, Topic
from .recurrence_fields import DaysField, RuleField

AHEAD = timedelta(days=550)  # about 18 months: how far the dates of a series are written ahead


class EventQuerySet(PublishableQuerySet):
    def dated(self):
        """Return the events that take place at some day, in the order in which they begin."""
        return self.filter(timing__in=Event.DATED).order_by("starts_at", "pk")

    def any_time(self):
        """Return the self-paced ones, which anybody can begin on any day."""
        return self.filter(timing=Event.Timing.ANY_TIME).order_by("title", "pk")

    def without_a_day(self):
        """Return those of which no day is told: self-paced, or to be announced."""
        few = self.model.objects.filter(starts_at=None)  # by the index of these: there may be 20,000 others
        return self.filter(pk__in=few.order_by().values("pk")).order_by("title", "pk")

    def to_come(self, at=None):
        """Return, in no order, those that are not over at `at` (default: now), with a day or without one."""
        return self.filter(Q(ends_at__gt=at or instant.now()) | Q(ends_at=None)).order_by()

    def for_calendars(self):
        """Fetch along what a calendar file says of dated events: their places, topics, dates and changes."""
        dates = self.model._meta.get_field("dates").related_model.objects
        return (
            self.dated()
            .select_related("location")
            .prefetch_related(
                "topics",
                Prefetch(
                    "changes", self.model._meta.get_field("changes").related_model.objects.select_related("location")
                ),
                Prefetch("dates", dates.select_related("location", "change__location").order_by("day")),
            )
        )

    def first_and_last_month(self):
        """Return the Months of the first and the last date of the events, or (None, None) where there is none."""
        dates = self.model._meta.get_field("dates").related_model.objects.of_events(self)
        outermost = [Q(pk=Subquery(dates.order_by(by).values("pk")[:1])) for by in ("starts_at", "-ends_at")]
        both = dates.model.objects.filter(outermost[0] | outermost[1]).order_by()
        ends = both.aggregate(first=Min("on_day"), last=Max("until_day"))
        return tuple(day and Month.of(day) for day in (ends["first"], ends["last"]))


def is_of_another_page(slug):
    """Return whether another page has the address that `slug` makes: /events/2021/."""
    return slug in ("calendar", "past", "registration") or slug.isdigit()


def validate_slug_is_free(slug):
    """Raise ValidationError for a slug whose address another page has."""
    if is_of_another_page(slug):
        raise ValidationError(
            _("“%(slug)s” is the address of another page; choose another one."), params={"slug": slug}
        )


class Event(Publishable):
    """Something that people can come to or take part in, once or again and again.

    What the editor enters is local, by the clock of `zone` ("" the hospital's): days, clock times where the timing
    has any, and for a series a `rule` (RFC 5545) or `extra_days`; the first day is one of them. Its dates are rows
    of their own, EventDate, which `events.dates` writes after each save. `starts_at` and `ends_at` (aware; the end
    is exclusive) are when the first date begins and the last known one ends: without an end time a date is counted
    until its day is over. Both are None for an event at any time and for one whose day is to be announced.
    """

    class Timing(models.TextChoices):
        AT_A_TIME = "at_a_time", _("At a time")
        ALL_DAY = "all_day", _("All day, or several days")
        ANY_TIME = "any_time", _("Any time (self-paced)")
        TO_BE_ANNOUNCED = "announced", _("Day to be announced")

    DATED = (Timing.AT_A_TIME, Timing.ALL_DAY)

    class RepeatedHour(models.TextChoices):
        FIRST = "first", _("the first one, before the clocks are set back")
        SECOND = "second", _("the second one, after the clocks are set back")

    class LinkFor(models.TextChoices):
        REGISTERED = "registered", _("Those registered")
        EVERYBODY = "everybody", _("Everybody")

    class SignUp(models.TextChoices):
        NONE = "none", _("Nobody has to")
        HERE = "here", _("On this site")
        ELSEWHERE = "elsewhere", _("In another way, as described")

    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("address"), max_length=160, unique=True, validators=[validate_slug_is_free])
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two sentences, shown in lists.")
    )
    body = RichTextField(_("text"), blank=True)
    timing = models.CharField(_("timing"), max_length=12, choices=Timing, default=Timing.AT_A_TIME)
    first_day = models.DateField(_("day"), null=True, blank=True, help_text=_("The day, or the first one of several."))
    start_time = models.TimeField(_("begins"), null=True, blank=True)
    last_day = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Only where one date goes on for several days.")
    )
    end_time = models.TimeField(_("ends"), null=True, blank=True)
    repeated_hour = models.CharField(
        _("which of the two"),
        max_length=6,
        blank=True,
        choices=RepeatedHour,
        help_text=_("Only for a start in the hour that comes twice, in the night in which the clocks are set back."),
    )
    zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        validators=[validate_zone],
        help_text=_("Empty for the hospital’s own time. Else as America/Chicago, which visitors are told."),
    )
    rule = RuleField(_("repeats"), help_text=_("Empty for an event that takes place once."))
    extra_days = DaysField(_("also on"), help_text=_("Days beside the rule, such as 2026-12-24, with commas between."))
    left_out = DaysField(_("not on"), help_text=_("Days of the rule on which it does not take place."))
    starts_at = models.DateTimeField(null=True, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    online = models.BooleanField(_("online"), default=False, help_text=_("With a place, people can choose."))
    online_url = models.URLField(_("link to take part"), max_length=500, blank=True)
    online_url_for = models.CharField(_("link is shown to"), max_length=10, choices=LinkFor, default=LinkFor.REGISTERED)
    location = models.ForeignKey(
        Location, verbose_name=_("location"), null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Room, or another address than ours."))
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="events")
    services = models.ManyToManyField(
        Service,
        verbose_name=_("services"),
        blank=True,
        related_name="events",
        help_text=_("Their pages show the event until it is over."),
    )
    audiences = models.ManyToManyField(Audience, verbose_name=_("audiences"), blank=True, related_name="events")
    audience = models.CharField(
        _("for whom"), max_length=160, blank=True, help_text=_("In words, where the list says too little.")
    )
    languages = models.CharField(
        _("languages"), max_length=120, blank=True, help_text=_("In which it is held, with commas between.")
    )
    interpreter = models.BooleanField(_("interpreter"), default=False)
    captions = models.BooleanField(_("captions"), default=False)
    step_free = models.BooleanField(_("step-free"), default=False)
    access_contact = models.ForeignKey(
        Contact,
        verbose_name=_("whom to ask about access"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who arranges an interpreter, captions or other help. Empty: the contact."),
    )
    free = models.BooleanField(_("free"), default=False)
    amount = models.DecimalField(
        _("price in dollars"), max_digits=7, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    price = models.CharField(
        _("about the price"), max_length=120, blank=True, help_text=_("“per couple”, “bring your insurance card”.")
    )
    sign_up_by = models.CharField(_("people sign up"), max_length=10, choices=SignUp, default=SignUp.NONE)
    sign_up = models.CharField(
        _("how to sign up"), max_length=250, blank=True, help_text=_("In words: by phone, at the door.")
    )
    sign_up_url = models.URLField(
        _("link to sign up or pay"), max_length=500, blank=True, help_text=_("No payment is taken on this site.")
    )
    seats = models.PositiveIntegerField(
        _("seats on each date"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000)],
        help_text=_("Empty for no limit."),
    )
    party_most = models.PositiveSmallIntegerField(
        _("people in one registration, at most"), default=4, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    waiting_list = models.BooleanField(_("waiting list"), default=True)
    accept_hours = models.PositiveSmallIntegerField(
        _("hours to accept a seat"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(336)],
        help_text=_("So long a seat from the waiting list is held."),
    )
    closes_hours = models.PositiveSmallIntegerField(
        _("closes, hours before it begins"), default=0, validators=[MaxValueValidator(2000)]
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days after which registrations are deleted"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    contact = models.ForeignKey(
        Contact, verbose_name=_("contact"), null=True, blank=True, on_delete=models.SET_NULL, related_name="events"
    )
    image = models.ForeignKey(
        Image, verbose_name=_("picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EventQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["starts_at", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["ends_at", "starts_at"], name="events_event_upcoming"),
            models.Index(fields=["starts_at", "id"], name="events_event_in_order"),
            models.Index(fields=["title", "id"], condition=Q(starts_at=None), name="events_event_without_a_day"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(timing__in=["any_time", "announced"], starts_at__isnull=True, ends_at__isnull=True)
                | Q(timing__in=["at_a_time", "all_day"], starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="events_event_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(free=False) | Q(amount__isnull=True), name="events_event_free_or_not"),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """Check day and time against the timing, in words that tell what to do. Raises ValidationError by field."""
        super().clean()
        if self.free and self.amount:
            raise ValidationError({"amount": _("It is free or it has a price, not both.")})
        if self.sign_up_by == self.SignUp.HERE and self.timing not in self.DATED:
            raise ValidationError(
                {"sign_up_by": _("People can register on this site for a date only. Describe another way.")}
            )
        if self.timing not in self.DATED:
            self._clean_without_day()
            self.starts_at = self.ends_at = None
            return
        self._clean_days()
        if self.timing == self.Timing.ALL_DAY:
            if self.start_time or self.end_time:
                raise ValidationError({"start_time": _("An all-day event has no hour: empty both times.")})
        else:
            self._clean_times()
        starts_at, ends_at = self.span_on(self.first_day, self.start_time, self.end_time)
        if ends_at <= starts_at:  # of a series, each date would
            raise ValidationError({"end_time": _("The event would end before it begins.")})
        self.starts_at, self.ends_at = self._bounds()

    def _clean_without_day(self):
        if self.start_time or self.end_time:
            message = (
                _("A self-paced event has no hour: empty both times.")
                if self.timing == self.Timing.ANY_TIME
                else _("As long as the day is not known there is no hour: empty both times.")
            )
            raise ValidationError({"start_time": message})
        if self.rule or self.extra_days:
            raise ValidationError({"rule": _("Only an event with a day can repeat.")})

    def _clean_days(self):
        if self.first_day is None:
            raise ValidationError({"first_day": _("Give the day, or choose “Any time” as the timing.")})
        listed = [("extra_days", day) for day in self.extra_days] + [("left_out", day) for day in self.left_out]
        for name, day in [("first_day", self.first_day), ("last_day", self.last_day), *listed]:
            if day:
                try:
                    checked_day(day)
                except ValidationError as error:
                    raise ValidationError({name: error.messages}) from error
        if self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day lies before the first.")})
        if self.extra_days and self.extra_days[0] < self.first_day:
            raise ValidationError({"extra_days": _("A day lies before the first one. Make it the first.")})
        if self.first_day in self.left_out:
            raise ValidationError({"left_out": _("The first day cannot be left out. Choose another first day.")})
        self.recurrence.check()

    def _clean_times(self):
        if self.start_time is None:
            raise ValidationError({"start_time": _("Give the time it begins, or choose another timing.")})
        midnight = self.start_time.hour == self.start_time.minute == 0
        if midnight and (self.end_time is None or self.end_time == self.start_time):
            raise ValidationError(
                {
                    "start_time": _(
                        "This would read “12:00 AM”. For a whole day choose “All day”, "
                        "for a self-paced class “Any time”."
                    )
                }
            )
        zone = zone_called(self.zone)
        for name, day in (("start_time", self.first_day), ("end_time", self.final_day)):
            if getattr(self, name) is not None and is_skipped(day, getattr(self, name), zone):
                raise ValidationError({name: _("On that day the clocks are set forward and this time does not exist.")})
        if comes_twice(self.first_day, self.start_time, zone):
            if not self.repeated_hour:
                raise ValidationError(
                    {"repeated_hour": _("On that day the clocks are set back and this time comes twice. Say which.")}
                )
        else:
            self.repeated_hour = ""

    def validate_constraints(self, exclude=None):
        """Leave the derived instants to the database: clean() has told of them in the editor's words."""
        super().validate_constraints({*(exclude or ()), "starts_at", "ends_at"})

    def save(self, *args, **kwargs):
        self.starts_at, self.ends_at = self._bounds()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "starts_at", "ends_at"}
        super().save(*args, **kwargs)

    def derive(self):
        """Fill in the two instants; they stay as they are where day, hour and timing do not fit together."""
        with suppress(TypeError, ValueError, OverflowError):
            self.starts_at, self.ends_at = self._bounds()

    def get_absolute_url(self):
        return reverse("events:event_detail", args=[self.slug])

    @property
    def opening(self):
        """Return the words that lists show: the summary, else the opening of the text."""
        return self.summary or excerpt(self.body)

    @property
    def final_day(self):
        """Return the last day as a date; the first where it is the only one."""
        return self.last_day or self.first_day

    @property
    def several_days(self):
        """Return whether it goes on beyond its first day."""
        return self.final_day != self.first_day

    @property
    def is_series(self):
        """Return whether it takes place on more days than one by its own rule or list."""
        return bool(self.rule or self.extra_days)

    @property
    def recurrence(self):
        """Return its days, as if nothing of the series had been changed later."""
        return Recurrence(self.first_day, self.rule, tuple(self.extra_days), tuple(self.left_out))

    @property
    def language_list(self):
        """Return the languages as a list."""
        return [language.strip() for language in self.languages.split(",") if language.strip()]

    def is_over(self, at=None):
        """Return whether its last date has ended at `at` (default: now); without a day it never has."""
        return self.ends_at is not None and self.ends_at <= (at or instant.now())

    @property
    def zone_told(self):
        """Return the clock by which its times are told, in words: “CST, Chicago time”; "" for the hospital's own."""
        return clock_told(self.zone, self.starts_at) if self.starts_at else ""

    def span_on(self, day, start_time, end_time):
        """Return (starts_at, ends_at) of its date on `day` (a date) from `start_time` to `end_time` (or None)."""
        final_day = day + (self.final_day - self.first_day)
        second = self.repeated_hour == self.RepeatedHour.SECOND
        return span_of(day, final_day, start_time, end_time, zone_called(self.zone), second=second)

    def _bounds(self):
        """Return (starts_at, ends_at), aware and the end exclusive, or (None, None) without a day.

        Of a series it is the end of the last day that is written ahead.
        """
        if self.timing not in self.DATED:
            return None, None
        times = (None, None) if self.timing == self.Timing.ALL_DAY else (self.start_time, self.end_time)
        starts_at, ends_at = self.span_on(self.first_day, *times)
        if self.is_series:
            days = self.recurrence.days(self.first_day, max(self.first_day, timezone.localdate()) + AHEAD)
            ends_at = self.span_on(days[-1], *times)[1]
        return starts_at, ends_at
