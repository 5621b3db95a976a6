"""Who was sent this week's reminder."""

from django.conf import settings
from django.db import models


class Reminder(models.Model):
    """The reminder of reviews for one user in one week, so that nobody gets it twice.

    `week` is the Monday. `sent_at` None: it was refused `tries` times so far.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    week = models.DateField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["user", "week"], name="publishing_reminder_once_a_week")]

    def __str__(self):
        return f"{self.week}"
