from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models import Contact, Location, Service
from publishing import instant
from publishing.excerpts import excerpt
from publishing.local_time import SkippedTimeError, day_after, local_midnight, localize
from publishing.models import Image, Publishable, PublishableQuerySet
from publishing.months import FIRST_YEAR, LAST_YEAR, Month
from publishing.rich_text import RichTextField


class EventQuerySet(PublishableQuerySet):
    def dated(self):
        """Return the events that take place at some day, in the order in which they begin."""
        return self.exclude(timing=Event.Timing.ANY_TIME).order_by("starts_at", "pk")

    def any_time(self):
        """Return the self-paced ones, which anybody can begin on any day."""
        return self.filter(timing=Event.Timing.ANY_TIME).order_by("title", "pk")

    def upcoming(self, at=None):
        """Return the dated events that are not over at `at` (default: now), the next one first."""
        return self.dated().filter(ends_at__gt=at or instant.now())

    def between(self, start, end):
        """Return the dated events of which any part lies in [start, end), two aware datetimes."""
        return self.dated().filter(starts_at__lt=end, ends_at__gt=start)

    def months(self):
        """Return the Months in which a dated event begins, the latest first."""
        days = self.dated().order_by().dates("first_day", "month", order="DESC")
        return [Month.of(first) for first in days]

    def first_and_last_month(self):
        """Return the Months of the first and the last dated event, or (None, None) where there is none."""
        days = self.dated().order_by().aggregate(first=Min("first_day"), last=Max("first_day"))
        return tuple(day and Month.of(day) for day in (days["first"], days["last"]))


def validate_slug_is_free(slug):
    """Raise ValidationError for a slug whose address another page has: /events/2021/."""
    if slug == "calendar" or slug.isdigit():
        raise ValidationError(
            _("“%(slug)s” is the address of another page; choose another one."), params={"slug": slug}
        )


class Event(Publishable):
    """Something that people can come to or take part in.

    What the editor enters is local: days, and clock times where the timing has any. `starts_at` and
    `ends_at` are derived from it (aware; the end is exclusive) and always set for a dated event, so
    that lists can be ordered and cut: without an end time an event is counted until its day is over.
    Both are None for an event at any time.
    """

    class Timing(models.TextChoices):
        AT_A_TIME = "at_a_time", _("At a time")
        ALL_DAY = "all_day", _("All day, or several days")
        ANY_TIME = "any_time", _("Any time (self-paced)")

    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("address"), max_length=160, unique=True, validators=[validate_slug_is_free])
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two sentences, shown in lists.")
    )
    body = RichTextField(_("text"), blank=True)
    timing = models.CharField(_("timing"), max_length=12, choices=Timing, default=Timing.AT_A_TIME)
    first_day = models.DateField(_("day"), null=True, blank=True, help_text=_("The day, or the first one of several."))
    start_time = models.TimeField(_("begins"), null=True, blank=True, help_text=_("In the hospital's time."))
    last_day = models.DateField(_("last day"), null=True, blank=True, help_text=_("Only where it is not the first."))
    end_time = models.TimeField(_("ends"), null=True, blank=True)
    starts_at = models.DateTimeField(null=True, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False)
    online = models.BooleanField(_("online"), default=False)
    location = models.ForeignKey(
        Location, verbose_name=_("location"), null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Room, or another address than ours."))
    services = models.ManyToManyField(
        Service,
        verbose_name=_("services"),
        blank=True,
        related_name="events",
        help_text=_("Their pages show the event until it is over."),
    )
    audience = models.CharField(_("for whom"), max_length=160, blank=True)
    price = models.CharField(_("price"), max_length=120, blank=True, help_text=_("“Free”, or the price in words."))
    sign_up = models.CharField(_("how to sign up"), max_length=250, blank=True)
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
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="events_event_upcoming")]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(timing="any_time", starts_at__isnull=True, ends_at__isnull=True)
                | ~Q(timing="any_time") & Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="events_event_ends_after_start",
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """Check day and time against the timing, in words that tell what to do. Raises ValidationError by field."""
        super().clean()
        if self.timing == self.Timing.ANY_TIME:
            if self.start_time or self.end_time:
                raise ValidationError({"start_time": _("A self-paced event has no hour: empty both times.")})
            self.starts_at = self.ends_at = None
            return
        if self.first_day is None:
            raise ValidationError({"first_day": _("Give the day, or choose “Any time” as the timing.")})
        for name in ("first_day", "last_day"):
            day = getattr(self, name)
            if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
                raise ValidationError(
                    {
                        name: _("Give a day between the years %(first)d and %(last)d.")
                        % {"first": FIRST_YEAR, "last": LAST_YEAR}
                    }
                )
        if self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day lies before the first.")})
        if self.timing == self.Timing.ALL_DAY:
            if self.start_time or self.end_time:
                raise ValidationError({"start_time": _("An all-day event has no hour: empty both times.")})
            self.starts_at, self.ends_at = self._bounds()
            return
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
        for name, day in (("start_time", self.first_day), ("end_time", self.final_day)):
            if getattr(self, name) is None:
                continue
            try:
                localize(day, getattr(self, name))
            except SkippedTimeError as error:
                raise ValidationError(
                    {name: _("On that day the clocks are set forward and this time does not exist.")}
                ) from error
        self.starts_at, self.ends_at = self._bounds()
        if self.ends_at <= self.starts_at:
            raise ValidationError({"end_time": _("The event would end before it begins.")})

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

    def is_over(self, at=None):
        """Return whether it has ended at `at` (default: now); a self-paced one never has."""
        return self.ends_at is not None and self.ends_at <= (at or instant.now())

    def _bounds(self):
        """Return (starts_at, ends_at), aware and the end exclusive, or (None, None) for any time."""
        if self.timing == self.Timing.ANY_TIME:
            return None, None
        if self.timing == self.Timing.ALL_DAY:
            return local_midnight(self.first_day), local_midnight(day_after(self.final_day))
        starts_at = localize(self.first_day, self.start_time)
        if self.end_time is None:
            return starts_at, local_midnight(day_after(self.final_day))
        return starts_at, localize(self.final_day, self.end_time)
