from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .issue import Issue


class TrialMail(models.Model):
    """A newsletter that one of the staff had sent to somebody of the staff before it goes to its readers.

    Neither `sent_at` nor `problem` is set as long as the worker has not tried.
    """

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="trial_mails")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("test mail")
        verbose_name_plural = _("test mails")

    def __str__(self):
        return f"{self.issue}, {self.asked_at:%Y-%m-%d}"
