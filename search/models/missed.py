from django.db import models
from django.utils.translation import gettext_lazy as _


class MissedSearch(models.Model):
    """Words that were looked for and found nothing, counted in one week; nothing of who looked.

    Until several have asked the same, only `digest` is kept, a keyed hash from which the words cannot be had.
    """

    week = models.DateField(_("week from"), help_text=_("Its Monday."))
    digest = models.CharField(max_length=64)
    words = models.CharField(_("words"), max_length=80, blank=True)
    count = models.PositiveIntegerField(_("times"), default=0)
    ignored = models.BooleanField(_("ignored"), default=False)

    class Meta:
        ordering = ["-week", "-count", "words"]
        default_permissions = ("view", "change")
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        constraints = [models.UniqueConstraint(fields=["week", "digest"], name="search_missed_once")]

    def __str__(self):
        return self.words
