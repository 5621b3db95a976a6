"""What charts need of the past, an hour a row, so that no page reads millions of readings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HourlyWait(models.Model):
    """The accepted readings of one department in one hour.

    `hour` is its first instant, a full hour of UTC; `total` the sum of the waits shown and `readings` their
    number, so that `total / readings` is their mean. `patients` sums the sample sizes, None where nobody told.
    """

    department = models.ForeignKey("ertimes.EmergencyDepartment", on_delete=models.CASCADE, related_name="hourly_waits")
    hour = models.DateTimeField()
    readings = models.PositiveIntegerField()
    total = models.DurationField()
    shortest = models.DurationField()
    longest = models.DurationField()
    patients = models.PositiveIntegerField(null=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("hour of waits")
        verbose_name_plural = _("hours of waits")
        constraints = [models.UniqueConstraint(fields=["department", "hour"], name="ertimes_hour_once")]

    def __str__(self):
        return f"{self.hour:%Y-%m-%d %H}"


class HourlyAccuracy(models.Model):
    """How near the wait on the board came to what patients lived through, by the hour in which they arrived.

    Counted are visits whose patient was seen and who found a number on the board when they arrived: `near`
    those seen within 15 minutes of it either way, `sooner` and `later` the others.
    """

    department = models.ForeignKey(
        "ertimes.EmergencyDepartment", on_delete=models.CASCADE, related_name="hourly_accuracy"
    )
    hour = models.DateTimeField()
    near = models.PositiveIntegerField()
    sooner = models.PositiveIntegerField()
    later = models.PositiveIntegerField()
    demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("hour of accuracy")
        verbose_name_plural = _("hours of accuracy")
        constraints = [models.UniqueConstraint(fields=["department", "hour"], name="ertimes_accuracy_once")]

    def __str__(self):
        return f"{self.hour:%Y-%m-%d %H}"
