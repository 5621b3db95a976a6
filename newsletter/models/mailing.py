from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .issue import Issue
from .mailing_list import MailingList
from .subscriber import Subscriber


class Mailing(models.Model):
    """One text that goes to many: what is sent stands here as it was when the sending began, and does not change.

    `issue` is None of an alert, and of a newsletter that has been deleted since. `html` and `text` hold the marks
    of `newsletter.marks`, which become each reader's own links; `html` is "" where there is only the text. `occasion`
    names what an alert tells of, so that it is mailed once; "" for a newsletter. `problem` says why the site paused
    it by itself, "" where somebody did or nobody has. The counts are those of the deliveries at `counted_at`, which
    is None until it has ended; see `mailing_counts`.
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
    to_lists = models.ManyToManyField(MailingList, related_name="mailings", editable=False)
    occasion = models.CharField(max_length=200, blank=True, editable=False)
    subject = models.CharField(_("subject"), max_length=200)
    html = models.TextField(blank=True)
    text = models.TextField()
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.SENDING)
    made_at = models.DateTimeField(_("begun"), default=timezone.now)
    done_at = models.DateTimeField(_("ended"), null=True, blank=True)
    addresses = models.PositiveIntegerField(_("addresses"), default=0)
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent = models.PositiveIntegerField(default=0, editable=False)
    waiting = models.PositiveIntegerField(default=0, editable=False)
    refused = models.PositiveIntegerField(default=0, editable=False)
    skipped = models.PositiveIntegerField(default=0, editable=False)
    left = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("mailing")
        verbose_name_plural = _("mailings")
        constraints = [
            models.UniqueConstraint(
                fields=["occasion"], condition=~Q(occasion=""), name="newsletter_mailing_once_an_occasion"
            )
        ]

    def __str__(self):
        return self.subject


class Delivery(models.Model):
    """One mailing to one subscriber. `subscriber` becomes None with who leaves, so that the counts stay true.

    It is tried from `due_at` on. A worker that takes it puts that off and writes its own name into `claimed_by`; if
    it dies, another one comes to it then. `problem` says why the last try failed, without an address, "" for none.
    `unproven` is True of a refusal after which no other mail has been taken yet: it may be the server's own fault.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        REFUSED = "refused", _("Refused")
        SKIPPED = "skipped", _("Left out")
        LEFT = "left", _("Had left")

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, null=True, on_delete=models.SET_NULL, related_name="deliveries")
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_by = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    unproven = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["mailing", "subscriber"], name="newsletter_delivery_once")]
        indexes = [
            models.Index(
                fields=["mailing", "due_at", "id"], condition=Q(state="waiting"), name="newsletter_delivery_waiting"
            ),
            models.Index(fields=["claimed_by"], condition=~Q(claimed_by=""), name="newsletter_delivery_claimed"),
            models.Index(fields=["mailing", "state"], name="newsletter_delivery_state"),
        ]

    def __str__(self):
        return f"{self.mailing}: {self.get_state_display()}"
