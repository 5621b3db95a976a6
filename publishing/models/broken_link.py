"""Links of live things that lead nowhere, as they were found beside the requests."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .draft import AboutThing, AboutThingQuerySet


class BrokenLink(AboutThing):
    """What was found when the thing was last looked at; `place` leads to the field on its editing form."""

    title = models.CharField(_("title"), max_length=300)
    message = models.TextField(_("what is wrong"))
    place = models.CharField(max_length=300)
    found_at = models.DateTimeField(auto_now_add=True)

    objects = AboutThingQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "pk"]
        default_permissions = []

    def __str__(self):
        return self.message


class LinkRound(models.Model):
    """How far the round that looks for broken links has come: the last thing that was looked at. One row."""

    model = models.CharField(max_length=100)
    object_id = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"{self.model} {self.object_id}"
