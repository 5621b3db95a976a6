from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SubscriberQuerySet(models.QuerySet):
    def confirmed(self):
        """Return those who asked for the newsletter and confirmed it."""
        return self.filter(confirmed_at__isnull=False)


class Subscriber(models.Model):
    """A mail address that asked for the newsletter.

    `confirmed_at` is None until the link in the mail was used; nothing but that one mail is sent before.
    Who leaves is deleted, not marked.
    """

    email = models.EmailField(_("mail address"), max_length=254)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    consent = models.TextField(_("consent"), help_text=_("The words that stood beside the form."))

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="newsletter_subscriber_once"),
            models.CheckConstraint(condition=~Q(email=""), name="newsletter_subscriber_has_address"),
        ]

    def __str__(self):
        return self.email

    def confirm(self):
        """Note that the address was confirmed now; a second time changes nothing, nor if it has just left."""
        Subscriber.objects.filter(pk=self.pk, confirmed_at__isnull=True).update(confirmed_at=timezone.now())
