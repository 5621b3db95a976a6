from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .event import Event


class CalendarImport(models.Model):
    """A calendar that somebody has brought, with what became of each of its entries.

    `data` is the file as it came, emptied once it is imported. `lines` is the account: a list of {"number", "uid",
    "title", "when", "outcome", "told" (list), "event" (key or None)}.
    """

    name = models.CharField(_("file or address"), max_length=300)
    data = models.BinaryField(default=bytes)
    lines = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    imported_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        default_permissions = ()
        verbose_name = _("import of a calendar")
        verbose_name_plural = _("imports of calendars")

    def __str__(self):
        return self.name


class ImportedUid(models.Model):
    """By which name another program knows an event that was imported, and a digest of what was imported last."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="imported_as")
    uid = models.CharField(max_length=255, unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.uid
