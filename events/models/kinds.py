"""By what visitors choose among events: what they are about, and for whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.Model):
    """A name that events share; its slug stands in addresses."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self):
        return self.name


class Topic(Kind):
    """What events are about: “Birth and parenting”, “Heart health”."""

    class Meta(Kind.Meta):
        verbose_name = _("topic of events")
        verbose_name_plural = _("topics of events")


class Audience(Kind):
    """Whom events are for: “Parents”, “Caregivers”, “Everybody”."""

    class Meta(Kind.Meta):
        verbose_name = _("audience of events")
        verbose_name_plural = _("audiences of events")
