from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Contact, Location
from publishing import instant
from publishing.models import Publishable, PublishableQuerySet

LONGEST_WAIT = timedelta(hours=24)


class EmergencyDepartmentQuerySet(PublishableQuerySet):
    def with_newest_reading(self, at=None):
        """Annotate each department from its newest reading, in the same query.

        Adds `newest_wait` (timedelta) and `newest_observed_at` (aware datetime), both None where it
        has no reading up to `at` (default: now). How old they may be is not asked here but in
        `waits.py`, which alone decides what is shown.
        """
        readings = WaitTimeReading.objects.up_to(at).filter(department=OuterRef("pk")).order_by("-observed_at")
        return self.annotate(
            newest_wait=Subquery(readings.values("door_to_provider")[:1]),
            newest_observed_at=Subquery(readings.values("observed_at")[:1]),
        )

    def with_published_contact(self, at=None):
        """Fetch each department's `contact` with its numbers in two further queries; None where it is not live."""
        return self.prefetch_related(Prefetch("contact", Contact.objects.published(at).with_numbers()))


class EmergencyDepartment(Publishable):
    """One emergency department with what its wait means.

    A number without its definition misleads, so the definition stands with the department and must be
    complete: from which event to which, which statistic, over which window.
    """

    class Status(models.TextChoices):
        NORMAL = "normal", _("Open as usual")
        NOTICE = "notice", _("Open, with a notice")
        LIMITED = "limited", _("Limited")
        DIVERTING = "diverting", _("Diverting ambulances")
        CLOSED = "closed", _("Temporarily closed")

    class Statistic(models.TextChoices):
        MEAN = "mean", _("average")
        MEDIAN = "median", _("median")

    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.PROTECT, related_name="emergency_departments"
    )
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("contact"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="emergency_departments",
        help_text=_("Whose number is shown. Empty: the hospital's main number."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Lower numbers come first."))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.NORMAL)
    status_text = models.CharField(
        _("status in words"), max_length=250, blank=True, help_text=_("Shown beside the wait.")
    )
    start_event = models.CharField(_("measured from"), max_length=120, help_text=_("“arrival”"))
    end_event = models.CharField(
        _("measured to"), max_length=120, help_text=_("“being seen by a physician or advance practitioner”")
    )
    statistic = models.CharField(_("statistic"), max_length=8, choices=Statistic, default=Statistic.MEAN)
    window_minutes = models.PositiveSmallIntegerField(
        _("over the last (minutes)"), validators=[MinValueValidator(5), MaxValueValidator(1440)]
    )
    plain_minutes = models.PositiveSmallIntegerField(
        _("shown plainly for (minutes)"), default=15, help_text=_("After that the page says when it was last reported.")
    )
    shown_minutes = models.PositiveSmallIntegerField(
        _("shown at all for (minutes)"), default=60, help_text=_("After that no number is shown.")
    )

    objects = EmergencyDepartmentQuerySet.as_manager()

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["position", "name"]
        verbose_name = _("emergency department")
        verbose_name_plural = _("emergency departments")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(start_event="") & ~Q(end_event="") & Q(window_minutes__gte=5),
                name="ertimes_department_defines_its_wait",
                violation_error_message=_("Say what the wait means: from what, to what, over how many minutes."),
            ),
            models.CheckConstraint(
                condition=Q(plain_minutes__gte=1, shown_minutes__gte=F("plain_minutes"), shown_minutes__lte=240),
                name="ertimes_department_limits_in_order",
                violation_error_message=_("“Shown at all” must be at least “shown plainly”, and at most 240 minutes."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("ertimes:department_detail", args=[self.slug])

    @property
    def window(self):
        """Return over which time the statistic is taken, a timedelta."""
        return timedelta(minutes=self.window_minutes)

    @property
    def plain_for(self):
        """Return for how long a reading is shown plainly, a timedelta."""
        return timedelta(minutes=self.plain_minutes)

    @property
    def shown_for(self):
        """Return after how long a reading is no longer shown at all, a timedelta."""
        return timedelta(minutes=self.shown_minutes)


class WaitTimeReadingQuerySet(models.QuerySet):
    def up_to(self, at=None):
        """Return what was measured up to `at`, an aware datetime (default: now).

        A reading from a clock that runs ahead waits until its time has come. With the setting
        DEMONSTRATION off, made-up readings are left out.
        """
        readings = self.filter(observed_at__lte=at or instant.now())
        return readings if settings.DEMONSTRATION else readings.filter(demonstration=False)


class WaitTimeReading(models.Model):
    """The wait that one emergency department reported at one instant, as its definition says."""

    class Source(models.TextChoices):
        FEED = "feed", _("Feed")
        STAFF = "staff", _("Staff")

    department = models.ForeignKey(
        EmergencyDepartment, verbose_name=_("emergency department"), on_delete=models.CASCADE, related_name="readings"
    )
    observed_at = models.DateTimeField(_("measured at"), help_text=_("When the department measured it."))
    door_to_provider = models.DurationField(
        _("wait"), help_text=_("From arrival to being seen: 0:25:00 is 25 minutes.")
    )
    sample_size = models.PositiveIntegerField(_("patients measured"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.STAFF)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), null=True, editable=False, on_delete=models.SET_NULL
    )
    demonstration = models.BooleanField(default=False, editable=False)

    objects = WaitTimeReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-observed_at"]
        verbose_name = _("wait time reading")
        verbose_name_plural = _("wait time readings")
        constraints = [
            models.UniqueConstraint(
                fields=["department", "observed_at"],
                name="ertimes_reading_once",
                violation_error_message=_("There is a reading of this department for this time already."),
            ),
            models.CheckConstraint(
                condition=Q(door_to_provider__gte=timedelta(0), door_to_provider__lte=LONGEST_WAIT),
                name="ertimes_reading_between_0_and_24_hours",
                violation_error_message=_("A wait lies between 0 minutes and 24 hours."),
            ),
        ]

    def __str__(self):
        return f"{self.department}: {self.minutes} min"

    @property
    def minutes(self):
        """Return the wait in whole minutes."""
        return int(self.door_to_provider.total_seconds() // 60)

    def clean(self):
        super().clean()
        if self.observed_at and self.observed_at > timezone.now() + timedelta(minutes=1):
            raise ValidationError({"observed_at": _("This time is still to come: a wait is measured, not foreseen.")})
