from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Suppression(models.Model):
    """An address to which nothing is sent any more, kept as a keyed hash: it can be recognised and not read.

    It ends when the owner of the address subscribes and confirms anew.
    """

    class Reason(models.TextChoices):
        BOUNCE = "bounce", _("Mail came back")
        COMPLAINT = "complaint", _("Reported as unwanted")
        ASKED = "asked", _("Asked us to")

    digest = models.CharField(max_length=64, unique=True)
    reason = models.CharField(_("reason"), max_length=9, choices=Reason)
    made_at = models.DateTimeField(_("since"), default=timezone.now)
    details = models.CharField(_("details"), max_length=300, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("blocked address")
        verbose_name_plural = _("blocked addresses")

    def __str__(self):
        return f"{self.get_reason_display()} ({self.made_at:%Y-%m-%d})"
