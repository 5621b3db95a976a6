"""What was measured, or said by staff, of a wait at one instant."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing import instant
from publishing.demonstration import without_made_up

from .concern import Concern

LONGEST_WAIT = timedelta(hours=24)
CLOCKS_DIFFER = timedelta(minutes=1)  # by so much a sender's clock may run ahead of ours


class Source(models.TextChoices):
    FEED = "feed", _("Feed")
    STAFF = "staff", _("Staff")


class ReadingState(models.TextChoices):
    """SHOWN may be shown while it is young enough; HELD waits for a person; WITHDRAWN is never shown again."""

    SHOWN = "shown", _("Accepted")
    HELD = "held", _("Held for a person")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class WaitTimeReadingQuerySet(models.QuerySet):
    def up_to(self, at=None):
        """Return what may be shown of all that was measured up to `at`, an aware datetime (default: now).

        A reading from a clock that runs ahead waits until its time has come. What is held or withdrawn is
        left out, and with the setting DEMONSTRATION off, what was made up.
        """
        return without_made_up(self.filter(observed_at__lte=at or instant.now(), state=ReadingState.SHOWN))


class WaitTimeReading(models.Model):
    """The wait of one emergency department at one instant, as the department's definition says.

    `door_to_provider` None is a word of staff: no number is to be shown. `valid_for` None is as long as
    the department's own limit; a reading is never shown longer than that. `sample_size` is over how many
    patients it was taken, None where nobody told.
    """

    department = models.ForeignKey(
        "ertimes.EmergencyDepartment",
        verbose_name=_("emergency department"),
        on_delete=models.CASCADE,
        related_name="readings",
        db_index=False,  # the indexes below begin with it
    )
    observed_at = models.DateTimeField(_("measured at"), help_text=_("When the department measured it."))
    door_to_provider = models.DurationField(
        _("wait"),
        null=True,
        blank=True,
        help_text=_("From arrival to being seen: 0:25:00 is 25 minutes. Empty: no number is to be shown."),
    )
    sample_size = models.PositiveIntegerField(_("patients measured"), null=True, blank=True)
    valid_for = models.DurationField(
        _("valid for"), null=True, blank=True, help_text=_("0:30:00 is half an hour. Empty: the department's limit.")
    )
    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.STAFF)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), null=True, editable=False, on_delete=models.SET_NULL
    )
    note = models.CharField(_("note for colleagues"), max_length=250, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ReadingState, default=ReadingState.SHOWN, editable=False
    )
    held_for = models.CharField(_("held for"), max_length=8, choices=Concern.Kind, blank=True, editable=False)
    held_because = models.CharField(_("held because"), max_length=250, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    demonstration = models.BooleanField(default=False, editable=False)

    objects = WaitTimeReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-observed_at"]
        verbose_name = _("wait time reading")
        verbose_name_plural = _("wait time readings")
        indexes = [
            # The job that sums up, the one that deletes, and the staff's list; of the list its filters.
            models.Index(fields=["observed_at"], name="ertimes_reading_observed"),
            models.Index(fields=["department", "observed_at"], name="ertimes_reading_of_one"),
            models.Index(fields=["observed_at"], condition=Q(source="staff"), name="ertimes_reading_of_staff"),
            models.Index(fields=["observed_at"], condition=Q(state="withdrawn"), name="ertimes_reading_withdrawn"),
            models.Index(fields=["observed_at"], condition=Q(state="held"), name="ertimes_reading_of_held"),
            models.Index(fields=["department"], condition=Q(state="held"), name="ertimes_reading_held"),
            models.Index(fields=["decided_at"], condition=Q(decided_at__isnull=False), name="ertimes_reading_decided"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "source", "observed_at"],
                name="ertimes_reading_once_a_source",
                violation_error_message=_("There is a reading of this department for this time already."),
            ),
            models.CheckConstraint(
                condition=Q(door_to_provider__isnull=True)
                | Q(door_to_provider__gte=timedelta(0), door_to_provider__lte=LONGEST_WAIT),
                name="ertimes_reading_between_0_and_24_hours",
                violation_error_message=_("A wait lies between 0 minutes and 24 hours."),
            ),
            models.CheckConstraint(
                condition=Q(door_to_provider__isnull=False) | Q(source=Source.STAFF),
                name="ertimes_reading_of_a_feed_has_a_wait",
                violation_error_message=_("Only staff may say that no number is to be shown."),
            ),
            models.CheckConstraint(
                condition=Q(valid_for__isnull=True) | Q(valid_for__gt=timedelta(0), valid_for__lte=timedelta(hours=4)),
                name="ertimes_reading_valid_up_to_4_hours",
                violation_error_message=_("A reading is valid for more than 0 minutes, and for 4 hours at most."),
            ),
        ]

    def __str__(self):
        told = _("no number") if self.minutes is None else _("%(minutes)d min") % {"minutes": self.minutes}
        return f"{self.department}: {told}"

    @property
    def minutes(self):
        """Return the wait in whole minutes, never rounded up; None where no number is to be shown."""
        return None if self.door_to_provider is None else int(self.door_to_provider.total_seconds() // 60)

    def clean(self):
        super().clean()
        if self.observed_at and self.observed_at > timezone.now() + CLOCKS_DIFFER:
            raise ValidationError({"observed_at": _("This time is still to come: a wait is measured, not foreseen.")})
