from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .subscriber import Subscriber


class SoftBounce(models.Model):
    """A mail that could not be delivered for now: a full mailbox, a server that was busy.

    `ours` is True where it was refused for what or how we send, which says nothing about the address.
    """

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="soft_bounces")
    at = models.DateTimeField(default=timezone.now)
    details = models.CharField(max_length=300, blank=True)
    ours = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("mail that came back for now")
        verbose_name_plural = _("mails that came back for now")

    def __str__(self):
        return f"{self.at:%Y-%m-%d}: {self.details}"


class UnreadMessage(models.Model):
    """A message in the mailbox for returned mail that the site could not make out: it lies there for a person.

    `key` is by what the mailbox knows it. It goes once the message is no longer there.
    """

    key = models.CharField(max_length=100, unique=True)
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    problem = models.CharField(_("why"), max_length=200)
    seen_at = models.DateTimeField(_("seen"), default=timezone.now)

    class Meta:
        ordering = ["-seen_at", "-pk"]
        verbose_name = _("message that could not be read")
        verbose_name_plural = _("messages that could not be read")

    def __str__(self):
        return self.subject or self.key
