from django.db import models


class ToldStatus(models.Model):
    """What those who asked for it were last told of the state of one place.

    `place` names it, such as "directory.location/12". `changed_at` is since when it has been another one, None where
    what was told still holds; `mailed_at` is when a mail about it last went out, None for never.
    """

    place = models.CharField(max_length=100, unique=True)
    status = models.CharField(max_length=20)
    note = models.CharField(max_length=250, blank=True)
    changed_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.place}: {self.status}"
