from django.db import models


class IndexCheck(models.Model):
    """What the last comparison of index and content found, counts of things; there is one row at most."""

    checked_at = models.DateTimeField()
    right = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    extra = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.checked_at:%Y-%m-%d %H:%M}"

    @property
    def differences(self):
        return self.wrong + self.extra
