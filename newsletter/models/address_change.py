from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .subscriber import AddressQuerySet, Subscriber


class AddressChange(models.Model):
    """Another mail address that a subscriber has typed; it takes the place of the first once its owner confirms it."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="address_changes")
    email = models.EmailField(_("new mail address"), max_length=254)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)

    objects = AddressQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("change of an address")
        verbose_name_plural = _("changes of addresses")
        indexes = [models.Index(Lower("email"), name="newsletter_change_email")]

    def __str__(self):
        return f"{self.asked_at:%Y-%m-%d}"
