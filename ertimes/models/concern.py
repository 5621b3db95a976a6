"""What is wrong with a department's numbers: found by rule, told once, ended when it is over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Concern(models.Model):
    """One trouble with a department's feed, from when it was found until it was over.

    `ended_at` None: it goes on. There is at most one of a kind for a department at a time, which is why
    staff are mailed once and not every minute; `told_at` None: nobody was mailed yet.
    """

    class Kind(models.TextChoices):
        JUMP = "jump", _("The wait jumped")
        FLAT = "flat", _("The wait has not moved for hours")
        SILENT = "silent", _("No reading arrives")

    department = models.ForeignKey("ertimes.EmergencyDepartment", on_delete=models.CASCADE, related_name="concerns")
    kind = models.CharField(max_length=8, choices=Kind)
    details = models.CharField(max_length=250, blank=True)
    began_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-began_at"]
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        constraints = [
            models.UniqueConstraint(
                fields=["department", "kind"], condition=Q(ended_at__isnull=True), name="ertimes_concern_once"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.department}"
