"""“I'm on my way”: what somebody told an emergency department before coming. It is gone within a day."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from directory import phones
from publishing.demonstration import without_made_up

from ..languages import language_told

# After the expected arrival. Somebody may be there an hour before that time, and the job that deletes may come
# some minutes late: both together still end within 24 hours of the arrival.
KEPT_FOR = timedelta(hours=22)
LATE_AFTER = timedelta(minutes=15)  # the time that was told is itself an “about”


class ArrivalNoticeQuerySet(models.QuerySet):
    def kept(self, at=None):
        """Return the notices whose time is not over at `at`, an aware datetime (default: now).

        What is over is deleted by a job; until that has run nobody sees it either.
        """
        return without_made_up(self.filter(expected_at__gt=(at or timezone.now()) - KEPT_FOR))

    def awaited(self):
        """Return the notices of those who are still expected."""
        return self.filter(status__in=ArrivalNotice.AWAITED)


class ArrivalNotice(models.Model):
    """Somebody says when they will be at an emergency department. No symptom and no birth date is asked for.

    `code` is what they say at the desk. `nonce` came with their form: sent twice it makes one notice.
    `sender` is a keyed hash of the network address, for the limits alone; "" where it is not known.
    `changes` counts what the visitor changed since; with `status` it says which state of the notice
    somebody saw. `handled_by` None beside `handled_at`: the visitor's own doing.
    """

    class Status(models.TextChoices):
        EXPECTED = "expected", _("Expected")
        ACKNOWLEDGED = "acknowledged", _("Expected, seen by staff")
        ARRIVED = "arrived", _("Arrived")
        NO_SHOW = "no_show", _("Did not come")
        CANCELLED = "cancelled", _("Cancelled")

    AWAITED = (Status.EXPECTED, Status.ACKNOWLEDGED)
    # Whoever was given up may still be coming, and say so.
    OPEN_TO_VISITOR = (*AWAITED, Status.NO_SHOW)

    department = models.ForeignKey(
        "ertimes.EmergencyDepartment",
        verbose_name=_("emergency department"),
        on_delete=models.CASCADE,
        related_name="arrival_notices",
    )
    code = models.CharField(_("code"), max_length=8)
    name = models.CharField(_("first name or initials"), max_length=40)
    mobile = PhoneNumberField(_("mobile number"), blank=True)
    wheelchair = models.BooleanField(_("wheelchair at the door"), default=False)
    interpreter = models.CharField(_("interpreter"), max_length=40, blank=True)
    expected_at = models.DateTimeField(_("expected at"))
    created_at = models.DateTimeField(_("told at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), null=True)
    changes = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(_("status"), max_length=14, choices=Status, default=Status.EXPECTED)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("handled by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    handled_at = models.DateTimeField(_("handled at"), null=True)
    nonce = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=64, blank=True)
    demonstration = models.BooleanField(default=False)

    objects = ArrivalNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["expected_at", "pk"]
        verbose_name = _("arrival notice")
        verbose_name_plural = _("arrival notices")
        indexes = [
            models.Index(fields=["department", "expected_at"], name="ertimes_notice_expected"),
            models.Index(fields=["sender", "created_at"], name="ertimes_notice_sender"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["department", "code"], name="ertimes_notice_code_once"),
            models.CheckConstraint(condition=~Q(name=""), name="ertimes_notice_has_a_name"),
        ]

    def __str__(self):
        # Stands in logs and messages, so it tells of nobody.
        return self.code

    @property
    def is_awaited(self):
        """Return whether they are still expected."""
        return self.status in self.AWAITED

    @property
    def is_open_to_visitor(self):
        """Return whether the one who told may still change or cancel it."""
        return self.status in self.OPEN_TO_VISITOR

    @property
    def state(self):
        """Return a short text that is another one after every change of the notice."""
        return f"{self.status}-{self.changes}"

    @property
    def interpreter_told(self):
        """Return for which language an interpreter is needed, in the reader's language; "" for none."""
        return language_told(self.interpreter)

    @property
    def mobile_displayed(self):
        """Return the mobile number as the hospital writes numbers; "" for none."""
        return phones.displayed(self.mobile)

    @property
    def dial_address(self):
        """Return the tel: address of the mobile number; "" for none."""
        return phones.dial_address(self.mobile)

    def is_late_at(self, at):
        """Return whether they are awaited and not there well after their time."""
        return self.is_awaited and self.expected_at + LATE_AFTER <= at
