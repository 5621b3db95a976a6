from content_editor.models import Region
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.models import Publishable

from .mailing_list import MailingList


class Issue(Publishable):
    """One newsletter. When it is published its page can be read, and it is mailed to its lists, once.

    `digest` is True of one that the site wrote by itself.
    """

    subject = models.CharField(_("subject"), max_length=150, help_text=_("The line that stands in the mailbox."))
    slug = models.SlugField(_("address"), max_length=150, unique=True)
    preheader = models.CharField(
        _("preview line"),
        max_length=150,
        blank=True,
        help_text=_("What many mailboxes show behind the subject. Empty: the opening of the text."),
    )
    lists = models.ManyToManyField(
        MailingList,
        verbose_name=_("mailing lists"),
        related_name="issues",
        limit_choices_to={"sends": MailingList.Sends.NEWSLETTERS},
        help_text=_("Who has several of them gets it once."),
    )
    digest = models.BooleanField(_("written by the site"), default=False, editable=False)

    of_its_day = True  # read on the day on which it comes, and later as what was said then

    regions = [Region(key="main", title=_("The newsletter, top to bottom"))]

    class Meta(Publishable.Meta):
        abstract = False
        ordering = ["-published_at", "-pk"]
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("newsletter:issue", args=[self.slug])
