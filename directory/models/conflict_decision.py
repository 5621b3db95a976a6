"""What the staff has decided about a conflict of the directory."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ConflictDecision(models.Model):
    """Who looks after the conflict `key`, and what was decided about it, if anything was.

    The decision is of the data as it was then (`digest`). With other data the conflict is open again, and this
    row is the decision before. Conflicts themselves are not stored: they are found (`directory/conflicts/`).
    """

    class Decision(models.TextChoices):
        RIGHT = "right", _("It is right as it is")
        MEND = "mend", _("It will be mended")
        ASKED = "asked", _("Somebody has been asked")
        LEAVE = "leave", _("Leave it for now")

    kind = models.CharField(_("kind"), max_length=24)
    key = models.CharField(_("key"), max_length=200, unique=True)
    digest = models.CharField(_("digest"), max_length=32, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decision = models.CharField(_("decision"), max_length=12, choices=Decision, blank=True)
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        ordering = ["key"]
        verbose_name = _("decision about a conflict")
        verbose_name_plural = _("decisions about conflicts")
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & ~Q(reason="") & ~Q(digest="") & Q(decided_at__isnull=False)),
                name="directory_conflictdecision_has_its_reason",
                violation_error_message=_("Say why: a decision needs its reason."),
            ),
        ]

    def __str__(self):
        return f"{self.key}: {self.get_decision_display()}" if self.decision else self.key

    def holds_for(self, digest):
        """Return whether something was decided about the data of this `digest`."""
        return bool(self.decision) and self.digest == digest
