from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .issue import Issue
from .subscriber import Subscriber


class Mailing(models.Model):
    """One text that goes to many: what is sent stands here as it was when the sending began, and does not change.

    `issue` is None of an alert, and of a newsletter that has been deleted since. `html` and `text` hold the marks
    of `newsletter.marks`, which become each reader's own links.
    """

    class State(models.TextChoices):
        SENDING = "sending", _("Being sent")
        PAUSED = "paused", _("Paused")
        CANCELLED = "cancelled", _("Stopped")
        DONE = "done", _("Sent")

    issue = models.OneToOneField(
        Issue, verbose_name=_("newsletter"), null=True, blank=True, on_delete=models.SET_NULL, related_name="mailing"
    )
    lists = models.TextField(_("lists"), blank=True, help_text=_("Their names when it was sent."))
    subject = models.CharField(_("subject"), max_length=200)
    html = models.TextField(blank=True)
    text = models.TextField()
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.SENDING)
    made_at = models.DateTimeField(_("begun"), default=timezone.now)
    done_at = models.DateTimeField(_("ended"), null=True, blank=True)
    addresses = models.PositiveIntegerField(_("addresses"), default=0)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")

    def __str__(self):
        return self.subject


class Delivery(models.Model):
    """One mailing to one subscriber. `claimed_until` is when a worker that took it and died has lost it.

    `problem` says why the last try failed, "" for none. It goes with the subscriber who leaves.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        REFUSED = "refused", _("Refused")
        SKIPPED = "skipped", _("Left out")

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["mailing", "subscriber"], name="newsletter_delivery_once")]
        indexes = [
            models.Index(
                fields=["mailing", "claimed_until", "id"],
                condition=Q(state="waiting"),
                name="newsletter_delivery_waiting",
            ),
            models.Index(fields=["mailing", "state"], name="newsletter_delivery_state"),
        ]

    def __str__(self):
        return f"{self.mailing}: {self.get_state_display()}"
