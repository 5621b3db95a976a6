from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models import Topic


class MailingListQuerySet(models.QuerySet):
    def on_offer(self):
        """Return the lists that visitors may choose, in their order."""
        return self.filter(offered=True)


class MailingList(models.Model):
    """What somebody may ask to be mailed: health news, events, news of one topic, alerts.

    `sends` says what goes to it: newsletters that editors compose, or what happens on the site. `topic` is the news
    topic that fills it, None for a list that is about no single one.
    """

    class Sends(models.TextChoices):
        NEWSLETTERS = "newsletters", _("Newsletters")
        SITE_ALERTS = "site_alerts", _("Alerts of the site")
        STATUS_CHANGES = "status_changes", _("Changes at emergency rooms and locations")

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    description = models.CharField(
        _("description"), max_length=250, help_text=_("What comes, and how often. Stands beside the box to tick.")
    )
    sends = models.CharField(_("what is sent"), max_length=14, choices=Sends, default=Sends.NEWSLETTERS)
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.SET_NULL, related_name="mailing_lists"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    offered = models.BooleanField(
        _("on offer"), default=True, help_text=_("Visitors can choose it. Who has it keeps it when it is taken away.")
    )

    objects = MailingListQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("mailing list")
        verbose_name_plural = _("mailing lists")

    def __str__(self):
        return self.name
