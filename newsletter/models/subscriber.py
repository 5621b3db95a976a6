from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .mailing_list import MailingList


class AddressQuerySet(models.QuerySet):
    def with_address(self, email):
        """Return the rows with this `email` in whatever letters, looked up in the index of Lower("email")."""
        return self.alias(lower_email=Lower("email")).filter(lower_email=Lower(Value(email)))


class SubscriberQuerySet(AddressQuerySet):
    def confirmed(self):
        """Return those who have confirmed any list."""
        return self.filter(Exists(Subscription.objects.confirmed().filter(subscriber=OuterRef("pk"))))

    def of_lists(self, lists):
        """Return those who have confirmed any of `lists`, a queryset or list of MailingList; each once."""
        return self.filter(
            Exists(Subscription.objects.confirmed().filter(subscriber=OuterRef("pk"), mailing_list__in=lists))
        )


class Subscriber(models.Model):
    """A mail address that asked for mailing lists, spelt as `mail_addresses.normalized` returns it.

    `mailed_at` is when the last mail was sent because somebody typed the address into the form, None for never: it
    is not sent more often than once an hour. Who leaves all lists is deleted, not marked.
    """

    email = models.EmailField(_("mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True, editable=False)

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


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self):
        """Return the subscriptions whose owner of the address has confirmed them."""
        return self.filter(confirmed_at__isnull=False)


class Subscription(models.Model):
    """One list that a subscriber asked for. `confirmed_at` is None until the link in the mail was used."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="subscriptions")
    mailing_list = models.ForeignKey(
        MailingList, verbose_name=_("mailing list"), on_delete=models.CASCADE, related_name="subscriptions"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["mailing_list__position", "pk"]
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "mailing_list"], name="newsletter_subscription_once")
        ]
        indexes = [models.Index(fields=["mailing_list", "confirmed_at"], name="newsletter_subscription_list")]

    def __str__(self):
        return str(self.mailing_list)


class Consent(models.Model):
    """What somebody was asked and agreed to: the words that stood there, which lists, when and on which page.

    `confirmed_at` is None until the link was used. `sender` is a keyed hash of the network address that asked (see
    publishing.client_address), kept for 30 days against misuse, then ""; so too where the network does not tell it.
    """

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    wording = models.TextField(_("the words that stood there"))
    lists = models.TextField(_("lists"), blank=True, help_text=_("Their names at that time."))
    page = models.CharField(_("page"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    sender = models.CharField(max_length=64, blank=True, db_index=True, editable=False)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self):
        return f"{self.asked_at:%Y-%m-%d}: {self.lists}"
