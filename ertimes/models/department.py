"""The emergency department: where it is, how it is doing, and what its wait means."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directory.models import Contact, Location
from publishing import instant
from publishing.models import Publishable, PublishableQuerySet

from .reading import Source, WaitTimeReading

# What is read of a department's newest reading of each source; see `with_newest_reading`.
READ = ("door_to_provider", "observed_at", "valid_for", "sample_size")
# Readings older than this are not even looked for. No department shows one so long; what is left tells staff when
# the last one came. Without an end PostgreSQL may look through what the others have sent since a feed fell silent.
LOOKED_FOR = timedelta(hours=24)
# These stand beside the departments' addresses: /er/open-data/.
TAKEN_SLUGS = {"open-data", "urgent-or-emergency", "widget"}


def refuse_taken_slug(slug):
    """Raise ValidationError where another page of the board has this address."""
    if slug in TAKEN_SLUGS:
        raise ValidationError(_("A page of the wait times has this address. Choose another."))


class EmergencyDepartmentQuerySet(PublishableQuerySet):
    def with_newest_readings(self, at=None):
        """Annotate each department from its newest reading of each source, in the same query.

        Adds `staff_<name>` and `feed_<name>` for each name in READ, all None where LOOKED_FOR up to `at`
        (default: now) has no reading that may be shown. Which of the two counts, and how old it may be, is not
        asked here but in `waits.py`, which alone decides what is shown.
        """
        at = at or instant.now()
        newest = {}
        for source in Source.values:
            readings = WaitTimeReading.objects.up_to(at).filter(
                department=OuterRef("pk"), source=source, observed_at__gt=at - LOOKED_FOR
            )
            readings = readings.order_by("-observed_at")
            newest |= {f"{source}_{name}": Subquery(readings.values(name)[:1]) for name in READ}
        return self.annotate(**newest)

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
    slug = models.SlugField(_("address"), max_length=120, unique=True, validators=[refuse_taken_slug])
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
    status_until = models.DateTimeField(
        _("status until"),
        null=True,
        blank=True,
        help_text=_("From then on: open as usual. Empty: until it is changed."),
    )
    hours = models.CharField(
        _("hours"), max_length=120, blank=True, help_text=_("“Open 24 hours a day, every day”. Shown beside the wait.")
    )
    start_event = models.CharField(_("measured from"), max_length=120, help_text=_("“arrival”"))
    end_event = models.CharField(
        _("measured to"), max_length=120, help_text=_("“being seen by a physician or advance practitioner”")
    )
    statistic = models.CharField(_("statistic"), max_length=8, choices=Statistic, default=Statistic.MEAN)
    window_minutes = models.PositiveSmallIntegerField(
        _("over the last (minutes)"), validators=[MinValueValidator(5), MaxValueValidator(1440)]
    )
    smallest_sample = models.PositiveSmallIntegerField(
        _("patients needed"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_(
            "Where the site itself computes the wait from visits: with fewer patients than this in the time it is "
            "taken over, no number is shown, so that nobody's own wait is told."
        ),
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

    def status_at(self, at):
        """Return the Status that counts at `at`: one that has ended is NORMAL again."""
        over = self.status_until is not None and self.status_until <= at
        return self.Status.NORMAL if over else self.Status(self.status)

    @property
    def definition(self):
        """Return in one sentence what the wait means: it stands beside every number."""
        meaning = {
            "statistic": self.get_statistic_display().capitalize(),
            "start": self.start_event,
            "end": self.end_event,
            "minutes": self.window_minutes,
        }
        return gettext("%(statistic)s time from %(start)s to %(end)s, over the last %(minutes)d minutes.") % meaning

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
