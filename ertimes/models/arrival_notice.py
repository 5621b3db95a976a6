"""“I'm on my way”: what somebody told an emergency department before coming. It is gone within a day."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

KEPT_FOR = timedelta(hours=23)  # after the expected arrival; a job an hour late still ends within the day


class ArrivalNoticeQuerySet(models.QuerySet):
    def kept(self, at=None):
        """Return the notices whose time is not over at `at`, an aware datetime (default: now).

        What is over is deleted by a job; until that has run nobody sees it either.
        """
        return self.filter(expected_at__gt=(at or timezone.now()) - KEPT_FOR)


class ArrivalNotice(models.Model):
    """Somebody says when they will be at an emergency department. No symptom and no birth date is asked for.

    `code` is what they say at the desk. `nonce` came with their form: sent twice it makes one notice.
    `sender` is a keyed hash of the network address, for the limits alone.
    """

    class Status(models.TextChoices):
        EXPECTED = "expected", _("Expected")
        ACKNOWLEDGED = "acknowledged", _("Expected, seen by staff")
        ARRIVED = "arrived", _("Arrived")
        NO_SHOW = "no_show", _("Did not come")
        CANCELLED = "cancelled", _("Cancelled")

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
    status = models.CharField(_("status"), max_length=14, choices=Status, default=Status.EXPECTED)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("handled by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    handled_at = models.DateTimeField(_("handled at"), null=True)
    nonce = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=64)
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
