"""A patient's visit without the patient: three instants, kept for three days."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Visit(models.Model):
    """When somebody arrived and was seen, or left without being seen.

    `key` is a keyed hash (64 hexadecimal digits) of what the sender calls the visit, so that nothing here
    leads back to a patient. `seen_at` and `left_at` are None as long as neither has happened.
    """

    department = models.ForeignKey("ertimes.EmergencyDepartment", on_delete=models.CASCADE, related_name="visits")
    key = models.CharField(max_length=64)
    arrived_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    cancelled = models.BooleanField(default=False)
    demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [
            models.Index(fields=["department", "seen_at"], name="ertimes_visit_seen"),
            models.Index(fields=["arrived_at"], name="ertimes_visit_arrived"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["department", "key"], name="ertimes_visit_once"),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True) | Q(seen_at__gte=F("arrived_at")),
                name="ertimes_visit_seen_after_arrival",
            ),
        ]

    def __str__(self):
        return f"{self.arrived_at:%Y-%m-%d %H:%M}"
