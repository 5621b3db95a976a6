from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models import Service


class Topic(models.Model):
    """What a post is about; a post may have several."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    description = models.CharField(
        _("description"), max_length=250, blank=True, help_text=_("One sentence above its posts.")
    )
    services = models.ManyToManyField(
        Service,
        verbose_name=_("services"),
        blank=True,
        related_name="topics",
        help_text=_("Their pages show the newest posts of this topic."),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("news:topic", args=[self.slug])
