from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .registration import Registration


class RegistrationMail(models.Model):
    """One mail to somebody registered: to be sent, or sent. The row is the promise; the worker keeps it.

    Of one `kind` and `occasion` there is one mail to a registration, so nobody gets the same reminder twice.
    `message` is what the coordinator adds, "" for nothing. `due_at` is when it is tried (again); `problem`
    says why the last try failed, "" for none.
    """

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", _("Registered")
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("A seat is free")
        OFFER_OVER = "offer_over", _("The offer has ended")
        CHANGED = "changed", _("Registration changed")
        CANCELLED = "cancelled", _("Registration cancelled")
        DATE_CHANGED = "date_changed", _("The date has changed")
        DATE_CANCELLED = "date_cancelled", _("The date is cancelled")
        DAYS_BEFORE = "days_before", _("Reminder two days before")
        HOURS_BEFORE = "hours_before", _("Reminder two hours before")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    occasion = models.CharField(max_length=64, blank=True)
    message = models.TextField(_("message"), blank=True, max_length=2000)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    problem = models.CharField(_("problem"), max_length=300, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("mail to somebody registered")
        verbose_name_plural = _("mails to people registered")
        indexes = [models.Index(fields=["sent_at", "due_at"], name="events_mail_due")]
        constraints = [models.UniqueConstraint(fields=["registration", "kind", "occasion"], name="events_mail_once")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.registration}"
