"""When each job that comes round again was last begun."""

from django.db import models


class Job(models.Model):
    """The mark by which several workers agree who runs a job. `last_run_at` None: never yet."""

    name = models.CharField(max_length=60, unique=True)
    last_run_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = []

    def __str__(self):
        return self.name
